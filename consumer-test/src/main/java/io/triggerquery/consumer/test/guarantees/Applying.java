package io.triggerquery.consumer.test.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.Snapshot;
import java.util.List;

/** G1 NoLostTrigger, the listener's part without faults: what it returns from is there, and may come again. */
record Applying(Trial trial) {

    List<Guarantee> guarantees() {
        return List.of(
                Guarantee.of("G1 NoLostTrigger: the state is there when the method returns", this::isThere),
                Guarantee.of("G1 NoLostTrigger: the same state again changes nothing", this::isIdempotent),
                Guarantee.of(
                        "G1 NoLostTrigger: what a dead process had applied is applied again", this::survivesDeath));
    }

    private void isThere() throws Exception {
        String id = trial.newId();
        trial.kit().project(trial.found(id, 1));
        trial.assertVersion(id, 1, "the method has returned, so the trigger's offset may be committed");
        trial.kit().project(trial.found(id, 2));
        trial.assertVersion(id, 2, "the method has returned, so the trigger's offset may be committed");
    }

    private void isIdempotent() throws Exception {
        String id = trial.idAt(1);
        Snapshot<?> second = trial.found(id, 2);
        trial.kit().project(second);
        Object once = trial.view(id);
        trial.kit().project(second);
        assertThat(trial.view(id))
                .as("what the projection has of %s after the same state came twice", id)
                .isEqualTo(once);
        trial.assertVersion(id, 2, "the same state came twice");
    }

    /** The projection has committed, and the process dies before the offset is committed. */
    private void survivesDeath() throws Exception {
        String id = trial.idAt(1);
        trial.kit().trigger(id);
        trial.kit().project(trial.found(id, 2));
        Object applied = trial.view(id);
        trial.kit().restart();
        trial.kit().awaitSettled();
        assertThat(trial.view(id))
                .as("what the projection has of %s after the trigger came again", id)
                .isEqualTo(applied);
    }
}

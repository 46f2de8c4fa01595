package io.triggerquery.consumer.test.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.Snapshot;
import java.util.List;

/**
 * Tests G1 NoLostTrigger without faults: a state is applied when the method returns, and applying it again changes
 * nothing.
 */
record Applying(Trial trial) {

    List<Guarantee> guarantees() {
        return List.of(
                Guarantee.of("G1 NoLostTrigger: the state is applied when the method returns", this::isApplied),
                Guarantee.of("G1 NoLostTrigger: the same state again changes nothing", this::isIdempotent),
                Guarantee.of(
                        "G1 NoLostTrigger: what was applied before a crash is applied again", this::survivesCrash));
    }

    private void isApplied() throws Exception {
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
                .as("the projection of %s after the same state was applied twice", id)
                .isEqualTo(once);
        trial.assertVersion(id, 2, "the same state was applied twice");
    }

    /** Simulates a crash after the projection has committed and before the offset is committed. */
    private void survivesCrash() throws Exception {
        String id = trial.idAt(1);
        trial.kit().trigger(id);
        trial.kit().project(trial.found(id, 2));
        Object applied = trial.view(id);
        trial.kit().restart();
        trial.kit().awaitSettled();
        assertThat(trial.view(id))
                .as("the projection of %s after the trigger was delivered again", id)
                .isEqualTo(applied);
    }
}

package io.triggerquery.consumer.test.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.Snapshot;
import java.util.List;

/** Tests G3 NeverBackwards with answers that are projected one after the other. */
record Order(Trial trial) {

    private static final List<List<Integer>> ORDERS = List.of(
            List.of(1, 2, 3), List.of(1, 3, 2), List.of(2, 1, 3), List.of(2, 3, 1), List.of(3, 1, 2), List.of(3, 2, 1));

    List<Guarantee> guarantees() {
        boolean takesAbsence = trial.kit().reportsAbsence();
        return List.of(
                Guarantee.of("G3 NeverBackwards: an older state after a newer one changes nothing", this::oldAfterNew),
                Guarantee.of("G3 NeverBackwards: the newest state remains, in any order", this::anyOrder),
                Guarantee.of(
                                "G3 NeverBackwards: a deletion is applied, and not undone by an older state",
                                this::deletion)
                        .when(takesAbsence),
                Guarantee.of("G3 NeverBackwards: a late deletion deletes nothing newer", this::lateDeletion)
                        .when(takesAbsence));
    }

    private void oldAfterNew() throws Exception {
        String id = trial.newId();
        Snapshot<?> older = trial.found(id, 1);
        trial.kit().project(trial.found(id, 2));
        Object newest = trial.view(id);
        trial.kit().project(older);
        assertThat(trial.view(id))
                .as("the projection of %s after an instance wrote version 1 too late", id)
                .isEqualTo(newest);
    }

    private void anyOrder() throws Exception {
        for (List<Integer> order : ORDERS) {
            String id = trial.newId();
            for (int version : order) {
                trial.kit().project(trial.found(id, version));
            }
            trial.assertVersion(id, 3, "versions were projected in the order " + order);
        }
    }

    private void deletion() throws Exception {
        String id = trial.newId();
        Snapshot<?> before = trial.found(id, 1);
        Snapshot<?> deletion = trial.absent(id, 2);
        trial.kit().project(before);
        trial.kit().project(deletion);
        assertThat(trial.version(id)).as("%s has been deleted", id).isEmpty();
        trial.kit().project(deletion);
        trial.kit().project(before);
        assertThat(trial.version(id))
                .as("%s was deleted at version 2, then an instance wrote version 1 too late", id)
                .isEmpty();
        trial.kit().project(trial.found(id, 3));
        trial.assertVersion(id, 3, "it was created again after its deletion");
    }

    private void lateDeletion() throws Exception {
        String id = trial.newId();
        Snapshot<?> deletion = trial.absent(id, 1);
        trial.kit().project(trial.found(id, 2));
        trial.kit().project(deletion);
        trial.assertVersion(id, 2, "a deletion of version 1 was projected too late");
    }
}

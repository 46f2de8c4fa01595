package io.triggerquery.consumer.test.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.test.faults.Faults;
import io.triggerquery.consumer.test.faults.When;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Tests the listener when its database fails: once before and once after each of its calls. */
record Breakdowns(Trial trial, Faults faults) {

    private static final int BATCH = 4;

    /** Further calls of a method are not tested. */
    private static final int MAX_CALLS = 200;

    List<Guarantee> guarantees() {
        return List.of(
                Guarantee.of("G1 NoLostTrigger: a failure of the database is thrown, not swallowed", this::isThrown),
                Guarantee.of("G5 Isolated: a batch that fails half-way leaves nothing half-done", this::allOrNothing)
                        .when(trial.kit().takesLists()));
    }

    private interface Case {
        boolean at(int call, When when) throws Exception;
    }

    private static void each(Case fails) throws Exception {
        for (When when : When.values()) {
            int call = 1;
            while (call <= MAX_CALLS && fails.at(call, when)) {
                call++;
            }
            if (call == 1) {
                fail("The method makes no call that can fail. Give it the DataSource from faults.dataSource(...), or"
                        + " execute its calls with faults.call(...).");
            }
        }
    }

    private void isThrown() throws Exception {
        each((call, when) -> {
            String id = trial.idAt(1);
            Snapshot<?> second = trial.found(id, 2);
            Attempt attempt = attempt(call, when, second);
            if (attempt.thrown() == null) {
                trial.assertVersion(id, 2, call(call, when) + ", and the method has returned without an exception");
            }
            trial.kit().project(second);
            trial.assertVersion(id, 2, call(call, when) + ", and the method was called again");
            return attempt.reached();
        });
    }

    private void allOrNothing() throws Exception {
        each((call, when) -> {
            List<Snapshot<?>> second = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                second.add(trial.found(trial.idAt(1), 2));
            }
            Attempt attempt = attempt(call, when, second.toArray(Snapshot<?>[]::new));
            Map<String, OptionalLong> versions = new LinkedHashMap<>();
            second.forEach(snapshot -> versions.put(snapshot.id(), trial.version(snapshot.id())));
            assertThat(versions.values().stream().distinct())
                    .as(
                            "versions of a batch in which %s: all or none must be new, but are %s",
                            call(call, when), versions)
                    .hasSize(1);
            return attempt.reached();
        });
    }

    private record Attempt(boolean reached, @Nullable Exception thrown) {}

    private Attempt attempt(int call, When when, Snapshot<?>... snapshots) throws Exception {
        List<Exception> thrown = new ArrayList<>();
        boolean reached = faults.fail(call, when, () -> {
            Exception failure = trial.attempt(snapshots);
            if (failure != null) {
                thrown.add(failure);
            }
        });
        return new Attempt(reached, thrown.isEmpty() ? null : thrown.get(0));
    }

    private static String call(int call, When when) {
        return "call " + call + " of the database failed" + (when == When.BEFORE ? "" : " after it had its effect");
    }
}

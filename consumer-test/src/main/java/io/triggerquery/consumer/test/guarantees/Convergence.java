package io.triggerquery.consumer.test.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.test.TriggerQueryKit;
import io.triggerquery.consumer.test.faults.Faults;
import io.triggerquery.consumer.test.faults.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Tests G8 Converges: random changes, triggers, failures, stale answers and restarts; then the faults end. */
final class Convergence {

    private static final int IDS = 20;
    private static final int STEPS = 200;

    private final TriggerQueryKit kit;
    private final Trial trial;
    private final Faults faults;
    private final long seed;
    private final Random random;
    private final Map<String, Long> truth = new LinkedHashMap<>();
    private final Set<String> deleted = new HashSet<>();

    Convergence(Trial trial, Faults faults, long seed) {
        this.kit = trial.kit();
        this.trial = trial;
        this.faults = faults;
        this.seed = seed;
        this.random = new Random(seed);
    }

    List<Guarantee> guarantees() {
        return List.of(Guarantee.of("G8 Converges: after random faults, with seed " + seed, this::converges));
    }

    private void converges() throws Exception {
        for (int i = 0; i < IDS; i++) {
            change(trial.newId());
        }
        List<String> ids = new ArrayList<>(truth.keySet());
        for (int step = 0; step < STEPS; step++) {
            randomStep(ids.get(random.nextInt(IDS)));
        }
        for (String id : ids) {
            change(id); // the last change, so that no later one hides a lost trigger
            runWithFault();
        }
        kit.awaitSettled();
        truth.forEach((id, version) -> {
            String why = "after all faults ended; repeat with -D" + GuaranteeSuite.SEED + "=" + seed;
            if (deleted.contains(id)) {
                assertThat(trial.version(id))
                        .as("%s was deleted last, %s", id, why)
                        .isEmpty();
            } else {
                trial.assertVersion(id, version, why);
            }
        });
    }

    private void randomStep(String id) throws Exception {
        switch (random.nextInt(8)) {
            case 0, 1 -> change(id);
            case 2 -> kit.trigger(id);
            case 3 -> kit.source().next(1 + random.nextInt(3)).fails(id, random.nextBoolean() ? 500 : 503);
            case 4 -> runWithFault();
            case 5 -> kit.restart();
            case 6 -> kit.run();
            default -> kit.advance(Duration.ofMillis(random.nextInt(3_000)));
        }
    }

    private void runWithFault() throws Exception {
        int call = 1;
        while (random.nextBoolean()) {
            call++; // the first calls are the most likely, since many methods make no more
        }
        faults.fail(call, random.nextBoolean() ? When.BEFORE : When.AFTER, kit::run);
    }

    /** Changes a state and sends a trigger with its version, by which stale answers are detected. */
    private void change(String id) {
        long version = truth.merge(id, 1L, Long::sum);
        boolean hasVersions = kit.hasVersions();
        if (version > 1 && hasVersions && !deleted.contains(id) && random.nextInt(3) == 0) {
            kit.source()
                    .next(1 + random.nextInt(2))
                    .answers(id, trial.subject().states().of(id, version - 1));
        }
        if (kit.reportsAbsence() && random.nextInt(4) == 0) {
            deleted.add(id);
            kit.source().absent(id, version);
        } else {
            deleted.remove(id);
            kit.source().answers(id, trial.subject().states().of(id, version));
        }
        kit.triggerVersioned(id, version);
    }
}

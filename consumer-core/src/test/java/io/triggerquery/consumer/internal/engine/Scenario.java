package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.internal.engine.EngineSettings.Limits;
import io.triggerquery.consumer.internal.engine.EngineSettings.Timing;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * What a schedule is played on; drawn by its seed.
 *
 * @param lateness how many milliseconds after a change, or after its trigger, an answer may still lack it
 * @param takesMany whether the projection takes a batch in one transaction
 * @param evidence what suspends a listener
 */
record Scenario(
        Cluster cluster,
        Versions versions,
        long lateness,
        boolean takesMany,
        EngineSettings settings,
        Suspension.Evidence evidence,
        Length length) {

    /** Sizes. */
    record Cluster(int processes, int partitions, int retryPartitions, int ids) {}

    /**
     * How long.
     *
     * @param rush whether there is always more to do than is done
     */
    record Length(int steps, boolean rush) {}

    /** Which of them carry a version. */
    enum Versions {
        /** States, absences and triggers. */
        ALL,
        /** States and triggers. */
        NOT_ABSENCES,
        /** States, absences and some triggers. */
        SOME_TRIGGERS,
        /** States and absences. */
        NOT_TRIGGERS,
        /** States and triggers; an id that is created again begins at the first version. */
        RESTARTING,
        /** Nothing: the projection cannot tell old from new, so there is only one process. */
        NONE;

        /** Zombies are only where all is ordered, so that is drawn more often. */
        private static Versions draw(SplittableRandom random) {
            return random.nextInt(4) == 0 ? ALL : values()[random.nextInt(values().length)];
        }

        boolean ofStates() {
            return this != NONE;
        }

        boolean ofAbsences() {
            return ofStates() && this != NOT_ABSENCES && this != RESTARTING;
        }

        /** Whether the projection can tell old from new, also after a deletion: else there may be no zombies. */
        boolean orderAll() {
            return ofAbsences();
        }

        boolean ofTrigger(SplittableRandom random) {
            return switch (this) {
                case ALL, NOT_ABSENCES, RESTARTING -> true;
                case SOME_TRIGGERS -> random.nextBoolean();
                case NOT_TRIGGERS, NONE -> false;
            };
        }
    }

    static Scenario draw(SplittableRandom random) {
        boolean rush = random.nextInt(10) == 0;
        var versions = Versions.draw(random);
        var cluster = new Cluster(
                !versions.orderAll() || rush ? 1 : 1 + random.nextInt(3),
                1 + random.nextInt(3),
                1 + random.nextInt(2),
                rush ? 9 : 4 + random.nextInt(6));
        var settings = new EngineSettings(limits(random, rush), timing(random));
        long lateness = random.nextInt(3) == 0 ? 0 : lateness(versions, settings.timing());
        var length = new Length(rush ? 500 : 100 + random.nextInt(200), rush);
        var evidence = new Suspension.Evidence(2 + random.nextInt(3), 1 + random.nextInt(3), 3);
        return new Scenario(cluster, versions, lateness, random.nextBoolean(), settings, evidence, length);
    }

    private static Limits limits(SplittableRandom random, boolean rush) {
        int maxPending = rush ? 20 : 3 + random.nextInt(12);
        return new Limits(
                1 + random.nextInt(rush ? 2 : 4),
                rush ? 1 : 1 + random.nextInt(5),
                maxPending,
                1 + random.nextInt(Math.min(5, maxPending - 1)),
                random.nextBoolean() ? 100 : 0);
    }

    private static Timing timing(SplittableRandom random) {
        return new Timing(
                Duration.ofMillis(random.nextBoolean() ? 0 : 400),
                Duration.ofMillis(random.nextBoolean() ? 500 : 2_000),
                Duration.ofMillis(random.nextBoolean() ? 500 : 4_000),
                Duration.ofMillis(random.nextBoolean() ? 1_000 : 10_000));
    }

    /** What cannot be told by a version has to be waited for, so that much may the source be late. */
    private static long lateness(Versions versions, Timing timing) {
        return switch (versions) {
            case ALL -> 3_000;
            case NOT_ABSENCES -> timing.absentGrace().toMillis();
            case RESTARTING -> 0;
            case SOME_TRIGGERS, NOT_TRIGGERS -> timing.settleDelay().toMillis();
            case NONE ->
                Math.min(
                        timing.settleDelay().toMillis(),
                        timing.absentGrace().toMillis());
        };
    }
}

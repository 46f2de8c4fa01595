package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.internal.engine.EngineSettings.Limits;
import io.triggerquery.consumer.internal.engine.EngineSettings.Timing;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * The configuration of a schedule, drawn from its seed.
 *
 * @param lateness the milliseconds after a change, or after its trigger, for which an answer may still lack it
 * @param takesMany whether the projection takes a batch in one transaction
 * @param evidence the failures that suspend the listener
 */
record Scenario(
        Cluster cluster,
        Versions versions,
        long lateness,
        boolean takesMany,
        EngineSettings settings,
        Suspension.Evidence evidence,
        Length length) {

    /** The numbers of processes, partitions and ids. */
    record Cluster(int processes, int partitions, int retryPartitions, int ids) {}

    /**
     * The length of a schedule.
     *
     * @param rush whether triggers arrive faster than they are processed
     */
    record Length(int steps, boolean rush) {}

    /** Which states, absences and triggers carry a version. */
    enum Versions {
        /** States, absences and triggers. */
        ALL,
        /** States and triggers. */
        NOT_ABSENCES,
        /** States, absences and some triggers. */
        SOME_TRIGGERS,
        /** States and absences. */
        NOT_TRIGGERS,
        /** States and triggers; an id that is created again restarts at the first version. */
        RESTARTING,
        /** None: the projection cannot compare states, so there is only one process. */
        NONE;

        /** Expelled consumers need {@link #ALL}, which is therefore drawn more often. */
        private static Versions draw(SplittableRandom random) {
            return random.nextInt(4) == 0 ? ALL : values()[random.nextInt(values().length)];
        }

        boolean ofStates() {
            return this != NONE;
        }

        boolean ofAbsences() {
            return ofStates() && this != NOT_ABSENCES && this != RESTARTING;
        }

        /** Whether the projection can compare states, also after a deletion; expelled consumers require it. */
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

    /** Where versions cannot reveal a stale answer, the source may lag only as long as the engine waits. */
    private static long lateness(Versions versions, Timing timing) {
        return switch (versions) {
            case ALL -> 3_000;
            case NOT_ABSENCES -> timing.absentGrace().toMillis();
            case RESTARTING -> 0;
            case SOME_TRIGGERS, NOT_TRIGGERS -> timing.settleDelay().toMillis();
            case NONE ->
                Math.min(timing.settleDelay().toMillis(), timing.absentGrace().toMillis());
        };
    }
}

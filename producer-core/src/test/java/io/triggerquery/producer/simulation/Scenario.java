package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.relay.RelaySettings;
import io.triggerquery.producer.internal.relay.RetrySchedule;
import io.triggerquery.producer.internal.spool.SpoolSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The settings of a schedule, drawn from its seed.
 *
 * @param steps the number of steps
 * @param processes the number of instances of the service
 * @param settings the settings of the relays
 * @param drainOnStop how long relays of stores in memory continue at a stop
 * @param maxEntries the capacity of a queue
 */
record Scenario(
        int steps,
        int processes,
        List<String> destinations,
        RelaySettings settings,
        Duration drainOnStop,
        int maxEntries) {

    private static final double JITTER = 0.2;

    static Scenario draw(SplittableRandom random) {
        List<Duration> pauses = List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
        var schedule = new RetrySchedule(
                pauses, Duration.ofSeconds(8 + random.nextInt(10)), JITTER, random.split()::nextDouble);
        var settings = new RelaySettings(
                Duration.ofMillis(500 + random.nextInt(2_500)),
                1 + random.nextInt(12),
                Duration.ofSeconds(20 + random.nextInt(11)),
                schedule,
                10 + random.nextInt(20),
                Duration.ZERO);
        return new Scenario(
                20 + random.nextInt(60),
                random.nextInt(3) == 0 ? 2 : 1,
                List.of("bills", "payments", "reports").subList(0, 1 + random.nextInt(3)),
                settings,
                Duration.ofSeconds(1 + random.nextInt(10)),
                random.nextInt(4) == 0 ? 3 + random.nextInt(10) : 200);
    }

    RelaySettings settings(Kind kind) {
        boolean inMemory = kind == Kind.MEMORY || kind == Kind.RETRY;
        RetrySchedule schedule = settings.schedule();
        if (kind == Kind.RETRY) {
            List<Duration> pauses = schedule.pauses();
            schedule = new RetrySchedule(pauses, pauses.get(pauses.size() - 1), JITTER, schedule.random());
        }
        return new RelaySettings(
                settings.pollInterval(),
                settings.batchSize(),
                settings.lease(),
                schedule,
                settings.drainPerSecond(),
                inMemory ? drainOnStop : Duration.ZERO);
    }

    SpoolSettings spool(boolean intent) {
        // a slow disk blocks the caller for this time, which is real time
        return new SpoolSettings(
                Path.of("spool"), maxEntries, 1 << 20, Duration.ofMillis(1), intent, Duration.ofSeconds(30));
    }
}

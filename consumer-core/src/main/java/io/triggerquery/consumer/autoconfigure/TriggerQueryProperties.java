package io.triggerquery.consumer.autoconfigure;

import io.triggerquery.consumer.internal.engine.EngineSettings;
import io.triggerquery.consumer.internal.listener.ListenerSettings;
import io.triggerquery.consumer.internal.query.SourceSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of all trigger listeners.
 *
 * @param concurrency The maximum number of concurrent rounds of each listener, independent of the number of partitions;
 *     1 to 10000. A round uses no thread while it waits for its answer. A higher number reduces a backlog faster and
 *     loads the source and the database's connection pool more.
 * @param maxPending The number of deliveries that each listener keeps in memory before it pauses its partitions; it
 *     reads again at half of it. At least 1. A higher number coalesces triggers of one id over a longer time and takes
 *     more memory; less than one and a half times concurrency times max-batch leaves fewer ids than the concurrent
 *     rounds can take.
 * @param maxWaiting The number of failing ids that each listener keeps in memory. From 80 % of it on, failing ids are
 *     deferred immediately; at the limit, the retry topic is not read. At least 1, and less than max-pending; by
 *     default half of max-pending.
 * @param maxBatch The maximum number of ids of one round, if the source has a method for several ids; 1 to 10000. A
 *     higher number makes fewer and larger queries and transactions.
 * @param settleDelay The minimum time from receiving a trigger to its query; 0 to 1 hour. For sources whose answers may
 *     lag behind their triggers and have no versions.
 * @param absentGrace How long a source must report an id as absent before the absence is projected; 0 to 1 hour. An
 *     absence with a version is projected immediately.
 * @param staleGrace How long an id whose answers are older than its trigger is queried again before such answers count
 *     as failures; 0 to 1 hour.
 * @param deferAfter How long an id may fail before its trigger is deferred to the retry topic, so that its offset can
 *     be committed; 0 to 1 day.
 * @param rememberedVersions The number of ids whose applied version each listener remembers, to settle a trigger for an
 *     older version without a query; 0 for none. Each takes about 150 bytes.
 * @param maxAbsences The maximum number of different ids in a row that a source may report as absent; beyond it the
 *     listener is suspended, and no absence is projected until the source answers with a state or an operator confirms
 *     the absences. 0 to 1,000,000; 0 for any number. A higher number permits larger deletions, but a wrong address
 *     deletes more.
 * @param drainTimeout How long the handover of a partition, and a shutdown, waits for running rounds; 0 to 2 minutes. A
 *     shorter time makes rebalances faster and repeats more rounds.
 * @param backOff How long an id waits after a failure.
 * @param sources The sources, by the names in @Source.
 * @param health When the health indicator is DOWN.
 */
@ConfigurationProperties("triggerquery")
public record TriggerQueryProperties(
        @DefaultValue("128") int concurrency,
        @DefaultValue("20000") long maxPending,
        @Nullable Integer maxWaiting,
        @DefaultValue("100") int maxBatch,
        @DefaultValue("0") Duration settleDelay,
        @DefaultValue("2s") Duration absentGrace,
        @DefaultValue("30s") Duration staleGrace,
        @DefaultValue("60s") Duration deferAfter,
        @DefaultValue("10000") long rememberedVersions,
        @DefaultValue("100") int maxAbsences,
        @DefaultValue("10s") Duration drainTimeout,
        @DefaultValue BackOffProperties backOff,
        @Nullable Map<String, SourceProperties> sources,
        @DefaultValue HealthProperties health) {

    private static final int MAX_CONCURRENCY = 10_000;
    private static final int MAX_ABSENCES = 1_000_000;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MAX_DRAIN = Duration.ofMinutes(2);
    private static final Duration MIN_PAUSE = Duration.ofMillis(1);
    private static final Duration MAX_PAUSE = Duration.ofDays(1);

    /**
     * The back-off after a failure.
     *
     * @param initial The shortest pause; 1 ms to max. An id that has failed for longer than twenty times this waits for
     *     a twentieth of that time. All pauses are randomized by half. A shorter pause detects sooner that an id
     *     succeeds and queries a failing id more often.
     * @param max The longest pause; up to 1 day.
     */
    public record BackOffProperties(
            @DefaultValue("1s") Duration initial,
            @DefaultValue("5m") Duration max) {

        private void check() {
            Check.between("triggerquery.back-off.max", max, MIN_PAUSE, MAX_PAUSE);
            Check.between("triggerquery.back-off.initial", initial, MIN_PAUSE, max);
        }
    }

    /**
     * The settings of the health indicator.
     *
     * @param stuckAfter How long the watermark of a partition with open deliveries may stay the same, or a listener be
     *     unable to read, until the health indicator is DOWN; 1 second to 1 day. Keep it well above defer-after, since
     *     until then one failing id holds the watermark.
     */
    public record HealthProperties(@DefaultValue("5m") Duration stuckAfter) {

        private void check() {
            Check.between("triggerquery.health.stuck-after", stuckAfter, Duration.ofSeconds(1), MAX_PAUSE);
        }
    }

    /**
     * Validates and converts the settings.
     *
     * @throws org.springframework.boot.diagnostics.FailureAnalyzedException if a setting is out of bounds; its message
     *     names it
     */
    public ListenerSettings toSettings() {
        Check.between("triggerquery.concurrency", concurrency, 1, MAX_CONCURRENCY);
        Check.between("triggerquery.max-pending", maxPending, 1, Long.MAX_VALUE);
        Check.between("triggerquery.max-waiting", waitingLimit(), 1, Math.max(1, maxPending - 1));
        Check.between("triggerquery.max-batch", maxBatch, 1, MAX_CONCURRENCY);
        Check.between("triggerquery.remembered-versions", rememberedVersions, 0, Long.MAX_VALUE);
        Check.between("triggerquery.max-absences", maxAbsences, 0, MAX_ABSENCES);
        Check.between("triggerquery.settle-delay", settleDelay, Duration.ZERO, HOUR);
        Check.between("triggerquery.absent-grace", absentGrace, Duration.ZERO, HOUR);
        Check.between("triggerquery.stale-grace", staleGrace, Duration.ZERO, HOUR);
        Check.between("triggerquery.defer-after", deferAfter, Duration.ZERO, MAX_PAUSE);
        Check.between("triggerquery.drain-timeout", drainTimeout, Duration.ZERO, MAX_DRAIN);
        backOff.check();
        health.check();
        Map<String, SourceSettings> byName = new HashMap<>();
        if (sources != null) {
            sources.forEach((name, source) -> byName.put(name, source.toSettings(name)));
        }
        return new ListenerSettings(engine(), drainTimeout, backOff.initial(), backOff.max(), byName);
    }

    private long waitingLimit() {
        return maxWaiting == null ? Math.max(1, Math.min(maxPending / 2, Integer.MAX_VALUE)) : maxWaiting;
    }

    private EngineSettings engine() {
        return new EngineSettings(
                new EngineSettings.Limits(
                        concurrency, maxBatch, maxPending, (int) waitingLimit(), rememberedVersions, maxAbsences),
                new EngineSettings.Timing(settleDelay, absentGrace, staleGrace, deferAfter));
    }
}

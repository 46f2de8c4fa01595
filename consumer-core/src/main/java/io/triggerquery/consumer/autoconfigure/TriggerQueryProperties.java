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
 * @param concurrency How many rounds of each listener are under way at once, whatever the number of partitions; 1 to
 *     10000. A round takes no thread while it awaits its answer. More shortens a backlog and asks more of the source and
 *     of the database's connection pool.
 * @param maxPending How many deliveries each listener holds in memory before it pauses its partitions; it reads on at
 *     half of it. At least 1. More lets one id's triggers coalesce over a longer stretch and takes more memory; less than
 *     one and a half times concurrency times max-batch leaves a slow source with fewer ids than it is asked for at once.
 * @param maxWaiting How many failing ids each listener keeps in memory. From 80 % of it on what fails is deferred at once;
 *     beyond it the retry topic is not read. At least 1, and less than max-pending; by default half of it.
 * @param maxBatch How many ids one round of a listener takes, if its source can be asked for several; 1 to 10000. More
 *     makes fewer and larger queries and transactions.
 * @param settleDelay How long after a trigger's arrival its query begins at the earliest; 0 to 1 hour. For sources whose
 *     answers may lag behind their triggers and have no versions.
 * @param absentGrace For how long a source must have said that it has no such id before that is believed; 0 to 1 hour.
 *     An absence that the source gives a version is believed at once.
 * @param staleGrace For how long answers older than their trigger are asked for again before they count as failures; 0
 *     to 1 hour.
 * @param deferAfter For how long an id may fail before its trigger is deferred in the retry topic, so that its offset can be
 *     committed; 0 to 1 day.
 * @param rememberedVersions Of how many ids each listener remembers the applied version, to settle a trigger for an
 *     older one without a query; 0 remembers none. Each takes about 150 bytes.
 * @param maxAbsences How many different ids in a row a source may say it does not have; beyond it the listener is
 *     suspended and no absence is projected until the source answers with a state, or an operator confirms the absences.
 *     0 to 1,000,000; 0 for any number. More lets larger deletions through and a wrong address delete more.
 * @param drainTimeout How long the handover of a partition, and a shutdown, waits for what runs; 0 to 2 minutes. Less
 *     makes rebalances faster and more rounds be done twice.
 * @param backOff How long an id waits after a failure.
 * @param sources The remote services by the names that @Source gives them.
 * @param health When the health indicator says that something is wrong.
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
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /**
     * The pause after a failure.
     *
     * @param initial The shortest pause; 1 ms to max. An id that has failed for longer than twenty times this waits for a
     *     twentieth of that time. All pauses are spread by half. Less finds sooner that an id has healed and asks more often
     *     for one that has not.
     * @param max The longest pause; up to 1 day.
     */
    public record BackOffProperties(
            @DefaultValue("1s") Duration initial,
            @DefaultValue("5m") Duration max) {

        private void check() {
            Check.between("triggerquery.back-off.max", max, SHORTEST, LONGEST);
            Check.between("triggerquery.back-off.initial", initial, SHORTEST, max);
        }
    }

    /**
     * When the health indicator says that something is wrong.
     *
     * @param stuckAfter How long a partition's watermark may stand still although something in it is open, or a listener
     *     be unable to read; 1 second to 1 day. Keep it well above defer-after, since until then one failing id holds the watermark.
     */
    public record HealthProperties(@DefaultValue("5m") Duration stuckAfter) {

        private void check() {
            Check.between("triggerquery.health.stuck-after", stuckAfter, Duration.ofSeconds(1), LONGEST);
        }
    }

    /**
     * Checks the settings.
     *
     * @throws org.springframework.boot.diagnostics.FailureAnalyzedException if one is out of bounds; names it
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
        Check.between("triggerquery.defer-after", deferAfter, Duration.ZERO, LONGEST);
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

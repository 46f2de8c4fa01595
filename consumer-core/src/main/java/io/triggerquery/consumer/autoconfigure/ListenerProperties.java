package io.triggerquery.consumer.autoconfigure;

import io.triggerquery.consumer.internal.engine.EngineSettings;
import io.triggerquery.consumer.internal.kafka.ContainerSettings;
import io.triggerquery.consumer.internal.kafka.MissingTopics;
import io.triggerquery.consumer.internal.listener.FractionalBackOff;
import io.triggerquery.consumer.internal.listener.ListenerSettings;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of a listener: {@code triggerquery.defaults} for all, {@code triggerquery.listeners.ID} for one.
 *
 * @param parallelism The maximum number of rounds at the same time, independent of the number of partitions; 1 to
 *     10000. A round uses no thread while it waits for its answer. A higher number reduces a backlog faster and loads
 *     the source and the database's connection pool more.
 * @param maxPending The number of deliveries that the listener keeps in memory before it pauses its partitions; it
 *     reads again at half of it. At least 1. A higher number coalesces triggers of one id over a longer time and takes
 *     more memory; less than one and a half times parallelism times max-batch leaves fewer ids than the rounds can
 *     take.
 * @param maxWaiting The number of failing ids that the listener keeps in memory. From 80 % of it on, failing ids are
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
 * @param rememberedVersions The number of ids whose applied version the listener remembers, to settle a trigger for an
 *     older version without a query; 0 for none. Each takes about 150 bytes.
 * @param journalSize The number of rounds of single ids that the listener remembers for the endpoint, of those that
 *     applied their id and of all others each; 0 for none, up to 100,000. Each takes about 200 bytes, and at most 2 KB
 *     with a long id and a long error.
 * @param maxAbsences The maximum number of different ids in a row that a source may report as absent; beyond it the
 *     listener is suspended, and no absence is projected until the source answers with a state or an operator confirms
 *     the absences. 0 to 1,000,000; 0 for any number. A higher number permits larger deletions, but a wrong address
 *     deletes more.
 * @param drainTimeout How long the handover of a partition, and a shutdown, waits for running rounds; 0 to 2 minutes. A
 *     shorter time makes rebalances faster and repeats more rounds.
 * @param missingTopics What happens at the start of the listener if a trigger topic does not exist: the start fails, or
 *     the listener waits until it exists, or creates it with the broker's default partitions and replication.
 * @param autoStartup Whether the listener starts with the application; by default spring.kafka.listener.auto-startup.
 * @param idFrom The place of the id in a record: value, key, header:NAME, json:/POINTER, cloudevent,
 *     cloudevent:NAME, cloudevent:/POINTER, debezium or debezium:FIELD.
 * @param versionFrom The place of the version in a record: header:NAME, json:/POINTER, cloudevent:NAME,
 *     cloudevent:/POINTER or debezium:FIELD.
 * @param decoder The name of the TriggerDecoder bean that decodes the records, instead of id-from and version-from.
 * @param unicodeIds Whether ids may be any text of up to 256 bytes in UTF-8 without control characters, instead of
 *     ASCII letters, digits and a few signs.
 * @param backOff How long an id waits after a failure.
 * @param resync The resync, if the listener has a ResyncSource.
 * @param consistency The consistency monitor, if the listener has ProjectedVersions.
 */
public record ListenerProperties(
        @DefaultValue("128") int parallelism,
        @DefaultValue("20000") long maxPending,
        @Nullable Integer maxWaiting,
        @DefaultValue("100") int maxBatch,
        @DefaultValue("0") Duration settleDelay,
        @DefaultValue("2s") Duration absentGrace,
        @DefaultValue("30s") Duration staleGrace,
        @DefaultValue("60s") Duration deferAfter,
        @DefaultValue("10000") long rememberedVersions,
        @DefaultValue("1000") int journalSize,
        @DefaultValue("100") int maxAbsences,
        @DefaultValue("10s") Duration drainTimeout,
        @DefaultValue("fail") MissingTopics missingTopics,
        @Nullable Boolean autoStartup,
        @DefaultValue(ListenerSettings.Records.ID_FROM) String idFrom,
        @DefaultValue(ListenerSettings.Records.VERSION_FROM) String versionFrom,
        @DefaultValue("") String decoder,
        @DefaultValue("false") boolean unicodeIds,
        @DefaultValue BackOffProperties backOff,
        @DefaultValue ResyncProperties resync,
        @DefaultValue ConsistencyProperties consistency) {

    private static final int MAX_COUNT = 10_000;
    private static final int MAX_CHECKS = 1_000;
    private static final int MAX_ABSENCES = 1_000_000;
    private static final int MAX_JOURNAL = 100_000;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MAX_DRAIN = Duration.ofMinutes(2);

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

        private FractionalBackOff toSettings(UnaryOperator<String> name) {
            Check.between(name.apply("back-off.max"), max, Duration.ofMillis(1), DAY);
            Check.between(name.apply("back-off.initial"), initial, Duration.ofMillis(1), max);
            return new FractionalBackOff(initial, max);
        }
    }

    /**
     * The resync of a listener that has a {@code ResyncSource}.
     *
     * @param every The time from the end of one run to the start of the next; 1 second to 30 days, or 0 to run on
     *     demand only. A shorter time finds lost changes sooner and lists the source more often.
     * @param rate The maximum number of differing ids that are queried per second; 1 to 10000. A listed page counts as
     *     one id. A higher rate repairs faster and loads the source more.
     */
    public record ResyncProperties(
            @DefaultValue("1h") Duration every,
            @DefaultValue("100") int rate) {

        private ListenerSettings.ResyncPace toSettings(UnaryOperator<String> name) {
            if (!every.isZero()) {
                Check.between(name.apply("resync.every"), every, Duration.ofSeconds(1), Duration.ofDays(30));
            }
            Check.between(name.apply("resync.rate"), rate, 1, MAX_COUNT);
            return new ListenerSettings.ResyncPace(every, rate);
        }
    }

    /**
     * The consistency monitor of a listener that has {@code ProjectedVersions}.
     *
     * @param rate The maximum number of ids per second that each instance checks and repairs; 1 to 1000, or 0 for no
     *     monitor. A higher rate bounds the share of right ids more closely and loads the source more.
     */
    public record ConsistencyProperties(@DefaultValue("10") int rate) {

        private int checksPerSecond(UnaryOperator<String> name) {
            Check.between(name.apply("consistency.rate"), rate, 0, MAX_CHECKS);
            return rate;
        }
    }

    /**
     * Validates and converts the settings.
     *
     * @param name returns the full name of a setting, for messages
     * @throws org.springframework.boot.diagnostics.FailureAnalyzedException if a setting is out of bounds; its message
     *     names it
     */
    ListenerSettings toSettings(UnaryOperator<String> name) {
        Check.between(name.apply("parallelism"), parallelism, 1, MAX_COUNT);
        Check.between(name.apply("max-pending"), maxPending, 1, Long.MAX_VALUE);
        Check.between(name.apply("max-waiting"), waitingLimit(), 1, Math.max(1, maxPending - 1));
        Check.between(name.apply("max-batch"), maxBatch, 1, MAX_COUNT);
        Check.between(name.apply("remembered-versions"), rememberedVersions, 0, Long.MAX_VALUE);
        Check.between(name.apply("journal-size"), journalSize, 0, MAX_JOURNAL);
        Check.between(name.apply("max-absences"), maxAbsences, 0, MAX_ABSENCES);
        Check.between(name.apply("settle-delay"), settleDelay, Duration.ZERO, HOUR);
        Check.between(name.apply("absent-grace"), absentGrace, Duration.ZERO, HOUR);
        Check.between(name.apply("stale-grace"), staleGrace, Duration.ZERO, HOUR);
        Check.between(name.apply("defer-after"), deferAfter, Duration.ZERO, DAY);
        Check.between(name.apply("drain-timeout"), drainTimeout, Duration.ZERO, MAX_DRAIN);
        return new ListenerSettings(
                engine(),
                backOff.toSettings(name),
                resync.toSettings(name),
                new ContainerSettings(drainTimeout, missingTopics, autoStartup),
                consistency.checksPerSecond(name),
                ListenerSettings.Records.of(idFrom, versionFrom, decoder, unicodeIds, name));
    }

    private long waitingLimit() {
        return maxWaiting == null ? Math.max(1, Math.min(maxPending / 2, Integer.MAX_VALUE)) : maxWaiting;
    }

    private EngineSettings engine() {
        return new EngineSettings(
                new EngineSettings.Limits(
                        parallelism,
                        maxBatch,
                        maxPending,
                        (int) waitingLimit(),
                        rememberedVersions,
                        maxAbsences,
                        journalSize),
                new EngineSettings.Timing(settleDelay, absentGrace, staleGrace, deferAfter));
    }
}

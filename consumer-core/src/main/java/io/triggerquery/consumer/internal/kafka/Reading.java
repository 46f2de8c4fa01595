package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.engine.Timer;
import io.triggerquery.consumer.internal.engine.TriggerEngine;
import io.triggerquery.consumer.internal.reading.ReadingListener;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;

/**
 * Observes the reading of a listener: failures, positions and losses.
 *
 * @param failures why it fails
 * @param positions how far it is
 * @param commits commits how far it is
 * @param resetsToEarliest whether it begins at the earliest record where nothing is committed
 * @param listener receives both
 */
record Reading(
        ReadFailures failures,
        ReadPositions positions,
        PositionCommits commits,
        boolean resetsToEarliest,
        ReadingListener listener) {

    private static final Duration LONGEST_REST = Duration.ofMinutes(1);
    private static final int DEFAULT_POLL_INTERVAL_MILLIS = 300_000;

    /**
     * Creates it.
     *
     * @param consumerConfig what the application has set
     */
    static Reading of(
            Cluster cluster,
            Map<String, Object> consumerConfig,
            Timer timer,
            TriggerEngine engine,
            ReadingListener listener) {
        Object reset = consumerConfig.get(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG);
        boolean earliest =
                reset == null || reset.toString().toLowerCase(Locale.ROOT).equals("earliest");
        var losses = new LossCheck(cluster::ends, earliest, timer, listener);
        var positions = new ReadPositions(losses, System::nanoTime);
        return new Reading(
                new ReadFailures(
                        longestRest(consumerConfig.get(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG)),
                        listener,
                        System::nanoTime),
                positions,
                new PositionCommits(() -> engine.status(0).partitions(), positions),
                earliest,
                listener);
    }

    /** So short that the consumer stays in its group. */
    private static Duration longestRest(@Nullable Object maxPollInterval) {
        long millis =
                maxPollInterval == null ? DEFAULT_POLL_INTERVAL_MILLIS : Long.parseLong(maxPollInterval.toString());
        Duration half = Duration.ofMillis(millis / 2);
        return half.compareTo(LONGEST_REST) < 0 ? half : LONGEST_REST;
    }
}

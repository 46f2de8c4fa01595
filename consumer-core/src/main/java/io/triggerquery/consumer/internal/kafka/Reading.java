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
 * @param failures the current failures
 * @param positions the read positions
 * @param commits commits the positions of idle partitions
 * @param resetsToEarliest whether it starts at the earliest record of partitions without a committed offset
 * @param listener is notified of failures and losses
 */
record Reading(
        ReadFailures failures,
        ReadPositions positions,
        PositionCommits commits,
        boolean resetsToEarliest,
        ReadingListener listener) {

    private static final Duration MAX_PAUSE = Duration.ofMinutes(1);
    private static final int DEFAULT_POLL_INTERVAL_MILLIS = 300_000;

    /**
     * Creates the observers of a listener.
     *
     * @param consumerConfig the consumer properties of the application
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
        var losses = new LossCheck(cluster::offsets, earliest, timer, listener);
        var positions = new ReadPositions(losses, System::nanoTime);
        return new Reading(
                new ReadFailures(
                        maxPause(consumerConfig.get(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG)),
                        listener,
                        System::nanoTime),
                positions,
                new PositionCommits(() -> engine.status(0).partitions(), positions),
                earliest,
                listener);
    }

    /**
     * Returns the maximum pause, which is shorter than max.poll.interval.ms, so that the consumer stays in its group.
     */
    private static Duration maxPause(@Nullable Object maxPollInterval) {
        long millis =
                maxPollInterval == null ? DEFAULT_POLL_INTERVAL_MILLIS : Long.parseLong(maxPollInterval.toString());
        Duration half = Duration.ofMillis(millis / 2);
        return half.compareTo(MAX_PAUSE) < 0 ? half : MAX_PAUSE;
    }
}

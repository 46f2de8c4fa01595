package io.triggerquery.consumer.internal.control;

import io.triggerquery.consumer.internal.log.MinuteLimiter;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that records of the control topic are ignored, once a minute at most.
 *
 * <p>Threads: guarded by the fleet's lock.
 */
final class IgnoredRecords {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private final ControlLog topic;
    private final MinuteLimiter limiter;

    IgnoredRecords(ControlLog topic, LongSupplier nanoTime) {
        this.topic = topic;
        this.limiter = new MinuteLimiter(nanoTime);
    }

    void add(ControlLog.Record message, ControlFormat.UnreadableRecordException reason) {
        if (limiter.isDue()) {
            log.warn(
                    "The record at offset {} of the control topic {} is ignored: {}",
                    message.offset(),
                    topic.topic(),
                    reason.getMessage());
        }
    }

    void addBeyondBounds(ControlKey key) {
        if (limiter.isDue()) {
            log.warn(
                    "The record {} of the control topic {} is ignored, since the topic has more of its kind than are kept",
                    key.text(),
                    topic.topic());
        }
    }
}

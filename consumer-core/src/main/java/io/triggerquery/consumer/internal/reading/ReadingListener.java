package io.triggerquery.consumer.internal.reading;

import java.time.Duration;
import org.apache.kafka.common.TopicPartition;

/**
 * Is notified of how a listener's consumers read; for logs, meters and the resync.
 *
 * <p>Threads: consumer threads, Kafka client threads or the timer; several concurrently. Failure: must not throw or
 * block.
 */
public interface ReadingListener {

    /**
     * Called when reading has failed: the poll, or an interceptor of the application.
     *
     * @param pause how long the consumer waits before it continues
     * @param cause the cause, as one line
     */
    default void failed(Duration pause, String cause) {}

    /** Called when reading works again after a failure. */
    default void recovered() {}

    /** Called when triggers were deleted before this listener read them. */
    default void lost(Loss loss) {}

    /**
     * Called when the group has no committed offset for a partition, so reading begins according to {@code
     * auto.offset.reset}.
     *
     * @param offset the first offset to be read
     * @param skipped the number of earlier offsets that are not read
     */
    default void begun(TopicPartition partition, long offset, long skipped) {}
}

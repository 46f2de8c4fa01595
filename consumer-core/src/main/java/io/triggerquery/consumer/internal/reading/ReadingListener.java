package io.triggerquery.consumer.internal.reading;

import java.time.Duration;
import org.apache.kafka.common.TopicPartition;

/**
 * Is notified of the reading of a listener's consumers; for logs, meters and the resync.
 *
 * <p>Threads: consumer threads, a client's or the timer's; several at once. Failure: must not throw, nor block.
 */
public interface ReadingListener {

    /**
     * Reading has failed: the poll, or an interceptor of the application.
     *
     * @param rest how long the consumer waits before it goes on
     * @param cause why, as one line
     */
    default void failed(Duration rest, String cause) {}

    /** Reading works again after it had failed. */
    default void recovered() {}

    /** Triggers are gone that this listener has not read. */
    default void lost(Loss loss) {}

    /**
     * The group has committed nothing for a partition, so reading begins where {@code auto.offset.reset} says.
     *
     * @param offset where
     * @param skipped how many records before that are not read
     */
    default void begun(TopicPartition partition, long offset, long skipped) {}
}

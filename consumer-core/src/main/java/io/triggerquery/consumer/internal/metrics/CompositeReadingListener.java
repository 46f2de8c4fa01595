package io.triggerquery.consumer.internal.metrics;

import io.triggerquery.consumer.internal.reading.Loss;
import io.triggerquery.consumer.internal.reading.ReadingListener;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies several reading listeners. A listener that throws is logged, and does not affect the others or the reading.
 */
public final class CompositeReadingListener implements ReadingListener {

    private static final Logger log = LoggerFactory.getLogger(CompositeReadingListener.class);

    private final List<ReadingListener> observers;

    public CompositeReadingListener(List<ReadingListener> observers) {
        this.observers = List.copyOf(observers);
    }

    @Override
    public void failed(Duration pause, String cause) {
        each(observer -> observer.failed(pause, cause));
    }

    @Override
    public void recovered() {
        each(ReadingListener::recovered);
    }

    @Override
    public void lost(Loss loss) {
        each(observer -> observer.lost(loss));
    }

    @Override
    public void begun(TopicPartition partition, long offset, long skipped) {
        each(observer -> observer.begun(partition, offset, skipped));
    }

    private void each(Consumer<ReadingListener> call) {
        for (ReadingListener observer : observers) {
            try {
                call.accept(observer);
            } catch (RuntimeException failure) {
                log.error("A reading listener failed. Reading continues.", failure);
            }
        }
    }
}

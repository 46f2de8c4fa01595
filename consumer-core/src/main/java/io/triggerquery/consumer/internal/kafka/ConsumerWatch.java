package io.triggerquery.consumer.internal.kafka;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.RecordInterceptor;

/**
 * Observes a consumer before each poll and delegates to the application's own interceptor, if there is one. What that
 * throws before a record is handed over goes to {@link ReadErrors}, which has the record delivered again. What it
 * throws afterwards is logged and goes no further: the container would drop the rest of the poll.
 *
 * <p>Threads: consumer threads.
 */
final class ConsumerWatch implements RecordInterceptor<byte[], byte[]> {

    private final PositionCommits commits;
    private final ReadFailures failures;
    private final RecordInterceptor<byte[], byte[]> application;

    /**
     * Creates it.
     *
     * @param application the application's interceptor, or null
     */
    ConsumerWatch(
            PositionCommits commits, ReadFailures failures, @Nullable RecordInterceptor<byte[], byte[]> application) {
        this.commits = commits;
        this.failures = failures;
        this.application = application == null ? (message, consumer) -> message : application;
    }

    @Override
    public void setupThreadState(Consumer<?, ?> consumer) {
        commits.look(consumer);
        failures.look();
        application.setupThreadState(consumer);
    }

    @Override
    public @Nullable ConsumerRecord<byte[], byte[]> intercept(
            ConsumerRecord<byte[], byte[]> message, Consumer<byte[], byte[]> consumer) {
        return application.intercept(message, consumer);
    }

    @Override
    public void success(ConsumerRecord<byte[], byte[]> message, Consumer<byte[], byte[]> consumer) {
        try {
            application.success(message, consumer);
        } catch (RuntimeException failure) {
            tell("success", failure);
        }
    }

    @Override
    public void failure(ConsumerRecord<byte[], byte[]> message, Exception cause, Consumer<byte[], byte[]> consumer) {
        try {
            application.failure(message, cause, consumer);
        } catch (RuntimeException failure) {
            tell("failure", failure);
        }
    }

    @Override
    public void afterRecord(ConsumerRecord<byte[], byte[]> message, Consumer<byte[], byte[]> consumer) {
        try {
            application.afterRecord(message, consumer);
        } catch (RuntimeException failure) {
            tell("afterRecord", failure);
        }
    }

    @Override
    public void clearThreadState(Consumer<?, ?> consumer) {
        try {
            application.clearThreadState(consumer);
        } catch (RuntimeException failure) {
            tell("clearThreadState", failure);
        }
    }

    private void tell(String method, RuntimeException failure) {
        failures.told("a RecordInterceptor has failed in " + method, failure);
    }
}

package io.triggerquery.consumer.internal.kafka;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.RecordInterceptor;

/**
 * Observes a consumer before and after each poll and delegates to the application's own interceptor, if there is one.
 * An exception of the interceptor before a record is processed goes to {@link ReadErrors}, which has the record
 * delivered again. One after it is logged and not rethrown: the container would drop the other records of the poll.
 *
 * <p>Threads: consumer threads.
 */
final class ConsumerWatch implements RecordInterceptor<byte[], byte[]> {

    private final TriggerMessageListener listener;
    private final PositionCommits commits;
    private final ReadFailures failures;
    private final RecordInterceptor<byte[], byte[]> application;

    /**
     * Creates the interceptor.
     *
     * @param application the application's interceptor, or null if there is none
     */
    ConsumerWatch(
            TriggerMessageListener listener,
            PositionCommits commits,
            ReadFailures failures,
            @Nullable RecordInterceptor<byte[], byte[]> application) {
        this.listener = listener;
        this.commits = commits;
        this.failures = failures;
        this.application = application == null ? (message, consumer) -> message : application;
    }

    @Override
    public void setupThreadState(Consumer<?, ?> consumer) {
        listener.beforePoll(consumer);
        commits.commitIdle(consumer);
        failures.checkRecovery();
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
            report("success", failure);
        }
    }

    @Override
    public void failure(ConsumerRecord<byte[], byte[]> message, Exception cause, Consumer<byte[], byte[]> consumer) {
        try {
            application.failure(message, cause, consumer);
        } catch (RuntimeException failure) {
            report("failure", failure);
        }
    }

    @Override
    public void afterRecord(ConsumerRecord<byte[], byte[]> message, Consumer<byte[], byte[]> consumer) {
        try {
            application.afterRecord(message, consumer);
        } catch (RuntimeException failure) {
            report("afterRecord", failure);
        }
    }

    @Override
    public void clearThreadState(Consumer<?, ?> consumer) {
        listener.pollEnded(consumer);
        try {
            application.clearThreadState(consumer);
        } catch (RuntimeException failure) {
            report("clearThreadState", failure);
        }
    }

    private void report(String method, RuntimeException failure) {
        failures.report("a RecordInterceptor has failed in " + method, failure);
    }
}

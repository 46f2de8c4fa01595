package io.triggerquery.bench.peer;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.AcknowledgingMessageListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Uses spring-kafka's out-of-order commits: a record listener hands each record to a pool, which acknowledges it when
 * it is done.
 *
 * <p>The container does not learn of failures on other threads, and {@code nack} is not allowed, so the pool itself
 * retries a failed record.
 */
final class AsyncAcksPeer implements Peer {

    private static final Logger log = LoggerFactory.getLogger(AsyncAcksPeer.class);
    private static final int POOL = 64;

    /**
     * A consumer does not poll until all records of a poll are acknowledged: few large polls are faster than many small
     * ones.
     */
    private static final int MAX_POLL_RECORDS = 2_000;

    @Override
    public String guarantees() {
        return "After the other records of a poll (2,000), one record that is not acknowledged pauses all"
                + " partitions of its"
                + " consumer; the application itself must retry; one id may run twice at once; records that were"
                + " acknowledged above a gap are processed again after a kill; an acknowledgment after a rebalance is"
                + " rejected.";
    }

    @Override
    public AutoCloseable start(Job job) {
        PeerSettings settings = job.settings();
        int inFlight = settings.inFlight(POOL);
        var query = new HandWrittenQuery(job, inFlight);
        ExecutorService pool = Executors.newFixedThreadPool(inFlight);
        AcknowledgingMessageListener<String, String> listener = (trigger, acknowledgment) ->
                pool.execute(new Attempt(job, query, pool, trigger, Objects.requireNonNull(acknowledgment)));
        var properties = new ContainerProperties(settings.topic().name());
        properties.setMessageListener(listener);
        properties.setAckMode(ContainerProperties.AckMode.MANUAL);
        properties.setAsyncAcks(true);
        // each acknowledgment of the oldest record causes a commit, whose answer need not be awaited
        properties.setSyncCommits(false);
        Map<String, Object> consumer = SpringKafka.consumer(settings.topic());
        consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
        var container = SpringKafka.container(settings, consumer, properties);
        container.start();
        return Closing.of(container::stop, pool::shutdownNow, query);
    }

    /** The attempts for one record. */
    private record Attempt(
            Job job,
            HandWrittenQuery query,
            ExecutorService pool,
            ConsumerRecord<String, String> trigger,
            Acknowledgment acknowledgment)
            implements Runnable {

        @Override
        public void run() {
            try {
                query.refresh(trigger.value());
            } catch (RuntimeException failure) {
                log.debug("{} failed", trigger.value(), failure);
                long pause = job.settings().limits().retryPause().toMillis();
                CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS, pool)
                        .execute(this);
                return;
            }
            job.progress().settled(1);
            try {
                acknowledgment.acknowledge();
            } catch (IllegalStateException stale) {
                log.debug("{} is assigned to another consumer", trigger.value(), stale);
            }
        }
    }
}

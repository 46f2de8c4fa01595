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
 * spring-kafka's out-of-order commits: a record listener hands each record to a pool, which acknowledges it when it is
 * done.
 *
 * <p>The container does not hear of failures on other threads, and {@code nack} is not allowed, so a failed record is
 * tried again by the pool itself.
 */
final class AsyncAcksPeer implements Peer {

    private static final Logger log = LoggerFactory.getLogger(AsyncAcksPeer.class);
    private static final int POOL = 64;

    /** The consumer stands still until a poll is acknowledged whole: few long polls beat many short ones. */
    private static final int MAX_POLL_RECORDS = 2_000;

    @Override
    public String guarantees() {
        return "One record that is not acknowledged pauses all partitions of its consumer once its poll (2,000) is handed"
                + " out; retries are the application's own; one id may run twice at once; after a kill what was"
                + " acknowledged above a gap is done again; an acknowledgment after a rebalance is refused.";
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
        // each acknowledgment of the oldest record wakes the consumer to commit; it need not wait for the answer
        properties.setSyncCommits(false);
        Map<String, Object> consumer = SpringKafka.consumer(settings.topic());
        consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
        var container = SpringKafka.container(settings, consumer, properties);
        container.start();
        return Closing.of(container::stop, pool::shutdownNow, query);
    }

    /** One record's tries. */
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
                log.debug("{} belongs to somebody else by now", trigger.value(), stale);
            }
        }
    }
}

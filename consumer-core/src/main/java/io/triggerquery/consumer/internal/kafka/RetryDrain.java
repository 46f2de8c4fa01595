package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Moves triggers from a retry topic that the listener no longer reads to the one that it reads. It reads all records of
 * the topic: an id that has been settled meanwhile is only queried once more.
 *
 * <p>It starts where the last drain ended, by offsets committed in the group {@code GROUP-retry-drain}, and stops at
 * the offset at which the topic ended when it started.
 *
 * <p>Threads: any, one drain at a time. Bounds: the time limit, and up to 10 s more while the broker does not
 * answer. Failure: records whose triggers the broker did not acknowledge are read the next time, others perhaps again.
 */
public final class RetryDrain {

    private final ReentrantLock lock = new ReentrantLock();
    private final ManagedTopic.Retry retryTopic;
    private final String group;
    private final Cluster cluster;
    private final RecordTriggers triggers;
    private final KafkaFailureSinks failureSinks;

    /**
     * The result of a drain.
     *
     * @param drained the number of triggers that were sent to the retry topic
     * @param withoutId the number of records without a permitted id, which are passed over
     * @param complete whether it reached the end; otherwise the time limit ended it, and the next drain continues there
     */
    public record Result(long drained, long withoutId, boolean complete) {}

    RetryDrain(
            ManagedTopic.Retry retryTopic,
            String group,
            Cluster cluster,
            RecordTriggers triggers,
            KafkaFailureSinks failureSinks) {
        this.retryTopic = retryTopic;
        this.group = group;
        this.cluster = cluster;
        this.triggers = triggers;
        this.failureSinks = failureSinks;
    }

    static String groupOf(String group) {
        return group + "-retry-drain";
    }

    /**
     * Drains a retry topic.
     *
     * @param topic the other retry topic
     * @param limit the maximum duration
     * @throws IllegalArgumentException if the topic does not exist or is read by this listener
     * @throws IllegalStateException if a drain of this listener already runs in this process
     * @throws org.apache.kafka.common.KafkaException if the topic cannot be read
     * @throws org.springframework.kafka.KafkaException if the triggers cannot be sent to the retry topic
     */
    public Result run(String topic, Duration limit) throws InterruptedException {
        if (topic.equals(retryTopic.name()) || retryTopic.triggerTopics().contains(topic)) {
            throw new IllegalArgumentException(
                    "this listener reads the topic " + topic + " itself; name another retry topic");
        }
        if (!lock.tryLock()) {
            throw new IllegalStateException("a retry topic is being drained already");
        }
        try (Consumer<byte[], byte[]> consumer = cluster.consumer(groupOf(group))) {
            if (!consumer.listTopics().containsKey(topic)) {
                throw new IllegalArgumentException("the topic " + topic + " does not exist");
            }
            return drain(topic, consumer, limit);
        } finally {
            lock.unlock();
        }
    }

    private Result drain(String topic, Consumer<byte[], byte[]> consumer, Duration limit) throws InterruptedException {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        var scan = new TopicScan(consumer, partitions, System::nanoTime, limit);
        long drained = 0;
        long read = 0;
        while (scan.hasNext()) {
            List<ConsumerRecord<byte[], byte[]>> polled = scan.poll();
            List<Trigger> found = polled.stream()
                    .flatMap(message -> triggers.ofRetryTopic(message).stream())
                    .toList();
            failureSinks.sendUntried(found);
            drained += found.size();
            read += polled.size();
            scan.commit();
        }
        return new Result(drained, read - drained, scan.isAtEnd());
    }
}

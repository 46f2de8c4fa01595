package io.triggerquery.bench.peer;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

/**
 * Adapts the work on one poll to spring-kafka's batch listener. It names the first record that failed, as the
 * documentation advises: the records before it are committed, the rest is delivered again after a pause.
 */
final class BatchListener implements BatchMessageListener<String, String> {

    private final Function<List<String>, Map<String, RuntimeException>> work;
    private final Progress progress;

    /**
     * Creates the listener.
     *
     * @param work processes the ids of one poll, and returns the failures by id when no id is being processed any more
     */
    BatchListener(Function<List<String>, Map<String, RuntimeException>> work, Progress progress) {
        this.work = work;
        this.progress = progress;
    }

    @Override
    public void onMessage(List<ConsumerRecord<String, String>> triggers) {
        Map<String, RuntimeException> failures =
                work.apply(triggers.stream().map(ConsumerRecord::value).toList());
        int done = 0;
        for (ConsumerRecord<String, String> trigger : triggers) {
            RuntimeException failure = failures.get(trigger.value());
            if (failure != null) {
                progress.settled(done);
                throw new BatchListenerFailedException(trigger.value() + " failed", failure, trigger);
            }
            done++;
        }
        progress.settled(done);
    }

    /**
     * Creates the container, which is not started.
     *
     * @param maxPollRecords the largest number of records in a poll
     */
    ConcurrentMessageListenerContainer<String, String> container(PeerSettings settings, int maxPollRecords) {
        Map<String, Object> consumer = SpringKafka.consumer(settings.topic());
        consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords);
        var properties = new ContainerProperties(settings.topic().name());
        properties.setMessageListener(this);
        return SpringKafka.container(settings, consumer, properties);
    }
}

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
 * spring-kafka's batch listener around the work of one poll. It names the first record that failed, as the
 * documentation advises: what stands before it in the poll is committed, the rest is delivered again after a pause.
 */
final class BatchListener implements BatchMessageListener<String, String> {

    private final Function<List<String>, Map<String, RuntimeException>> work;
    private final Progress progress;

    /**
     * Creates the listener.
     *
     * @param work does the ids of one poll, and returns when none of them runs any more, with the failures by id
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
     * The container, not started.
     *
     * @param maxPollRecords how many records of one poll the listener gets at most
     */
    ConcurrentMessageListenerContainer<String, String> container(PeerSettings settings, int maxPollRecords) {
        Map<String, Object> consumer = SpringKafka.consumer(settings.topic());
        consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords);
        var properties = new ContainerProperties(settings.topic().name());
        properties.setMessageListener(this);
        return SpringKafka.container(settings, consumer, properties);
    }
}

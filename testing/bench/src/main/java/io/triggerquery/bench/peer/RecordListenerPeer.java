package io.triggerquery.bench.peer;

import java.util.function.ToIntFunction;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListener;

/**
 * Uses spring-kafka's record listener: each consumer processes one record after the other, and commits at the end of
 * each poll ({@code AckMode.BATCH}, the default).
 */
record RecordListenerPeer(ToIntFunction<PeerSettings> concurrency) implements Peer {

    @Override
    public String guarantees() {
        return "A failing id blocks its partition, and all partitions of its consumer during each pause; concurrency is"
                + " limited to the partitions; after a kill up to a poll (500) of each consumer is processed again;"
                + " triggers of one id never coalesce.";
    }

    @Override
    public AutoCloseable start(Job job) {
        PeerSettings settings = job.settings();
        int consumers = concurrency.applyAsInt(settings);
        var query = new HandWrittenQuery(job, consumers);
        MessageListener<String, String> listener = trigger -> {
            query.refresh(trigger.value());
            job.progress().settled(1);
        };
        var properties = new ContainerProperties(settings.topic().name());
        properties.setMessageListener(listener);
        var container = SpringKafka.container(settings, SpringKafka.consumer(settings.topic()), properties);
        container.setConcurrency(consumers);
        container.start();
        return Closing.of(container::stop, query);
    }
}

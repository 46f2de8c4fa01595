package io.triggerquery.bench.peer;

import java.util.function.ToIntFunction;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListener;

/**
 * spring-kafka's record listener: one record after the other in each consumer, committed at the end of each poll
 * ({@code AckMode.BATCH}, the default).
 */
record RecordListenerPeer(ToIntFunction<PeerSettings> concurrency) implements Peer {

    @Override
    public String guarantees() {
        return "A failing id holds its partition, and all partitions of its consumer during each pause; nothing runs"
                + " beyond the number of partitions; after a kill up to a poll (500) of each consumer is done again;"
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

package io.triggerquery.bench.peer;

import io.triggerquery.bench.id.PaymentIds;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A limit: reads the triggers with a consumer and counts them, without queries. */
final class PollLoopPeer implements Peer {

    @Override
    public String guarantees() {
        return "Nothing is guaranteed: it queries and projects nothing, and only shows how fast triggers can be read.";
    }

    @Override
    public AutoCloseable start(Job job) {
        Map<String, Object> config = SpringKafka.consumer(job.settings().topic());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, true);
        var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(job.settings().topic().name()));
        Progress progress = job.progress();
        return PollLoop.start(
                timeout -> consumer.poll(timeout).forEach(trigger -> {
                    progress.projected(PaymentIds.number(trigger.value()));
                    progress.settled(1);
                }),
                consumer::wakeup,
                consumer::close);
    }
}

package io.triggerquery.faultinjection.speed;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The arrivals at a consumer while a queue drains. */
final class Arrivals {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Set<String> ids = new HashSet<>();
    private long firstNanos;
    private long lastNanos;
    private long records;

    /** Reads until this number of different ids has arrived. */
    static Arrivals read(String broker, String topic, int enough) {
        Arrivals arrivals = new Arrivals();
        long begun = System.nanoTime();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (arrivals.ids.size() < enough) {
                if (System.nanoTime() - begun > LIMIT.toNanos()) {
                    throw new IllegalStateException("only " + arrivals.ids.size() + " of " + enough + " ids arrived");
                }
                consumer.poll(Duration.ofMillis(50)).forEach(record -> arrivals.add(record.value()));
            }
        }
        return arrivals;
    }

    private void add(String id) {
        lastNanos = System.nanoTime();
        if (ids.isEmpty()) {
            firstNanos = lastNanos;
        }
        ids.add(id);
        records++;
    }

    long firstNanos() {
        return firstNanos;
    }

    long lastNanos() {
        return lastNanos;
    }

    long records() {
        return records;
    }
}

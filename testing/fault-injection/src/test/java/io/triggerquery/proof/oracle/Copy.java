package io.triggerquery.proof.oracle;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a consumer has: for each id that arrives it looks at the source, after the arrival, and keeps what it sees. */
final class Copy implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<String, String> consumer;
    private final List<TopicPartition> partitions;
    private final JdbcClient source;
    private final Map<String, Long> versions = new HashMap<>();
    private final Thread thread = new Thread(this::run, "consumer");
    private long received;
    private long looksAtTheEnd;
    private volatile boolean closed;

    Copy(String broker, String topic, JdbcClient source) {
        this.source = source;
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker, "max.poll.records", 2_000),
                new StringDeserializer(),
                new StringDeserializer());
        partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try (consumer) {
            while (!closed) {
                Set<String> ids = new HashSet<>();
                int records = 0;
                for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                    ids.add(record.value());
                    records++;
                }
                if (records > 0) {
                    apply(ids, records);
                } else if (isAtTheEnd()) {
                    count();
                }
            }
        }
    }

    private boolean isAtTheEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        return partitions.stream().allMatch(partition -> consumer.position(partition) >= ends.get(partition));
    }

    private void apply(Set<String> ids, int records) {
        Map<String, Long> seen = Source.read(source, ids);
        synchronized (this) {
            received += records;
            seen.forEach((id, version) -> versions.merge(id, version, Math::max));
        }
    }

    private synchronized void count() {
        looksAtTheEnd++;
    }

    /** Grows by one whenever it has found nothing more to read. */
    synchronized long looksAtTheEnd() {
        return looksAtTheEnd;
    }

    /** How many records have arrived. */
    synchronized long received() {
        return received;
    }

    synchronized Map<String, Long> versions() {
        return Map.copyOf(versions);
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

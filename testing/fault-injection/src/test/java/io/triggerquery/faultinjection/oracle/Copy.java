package io.triggerquery.faultinjection.oracle;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The states of the consumers: after the arrival of an id they read the source and keep its version. They ignore ids of
 * another application.
 */
final class Copy implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<String, String> consumer;
    private final List<TopicPartition> partitions;
    private final Map<String, Application> byTopic;
    private final JdbcClient source;
    private final Map<String, Long> versions = new HashMap<>();
    private final Thread thread = new Thread(this::run, "consumer");
    private long received;
    private long misplaced;
    private long pollsAtEnd;
    private volatile boolean closed;

    Copy(String broker, Collection<Application> applications, JdbcClient source) {
        this.source = source;
        byTopic = applications.stream()
                .distinct()
                .collect(Collectors.toMap(Application::topic, application -> application));
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker, "max.poll.records", 2_000),
                new StringDeserializer(),
                new StringDeserializer());
        partitions = byTopic.keySet().stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
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
                ConsumerRecords<String, String> records = consumer.poll(POLL);
                int others = 0;
                for (ConsumerRecord<String, String> record : records) {
                    if (byTopic.get(record.topic()).owns(record.value())) {
                        ids.add(record.value());
                    } else {
                        others++;
                    }
                }
                if (records.count() > 0) {
                    apply(ids, records.count(), others);
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

    private void apply(Set<String> ids, int records, int others) {
        Map<String, Long> seen = Source.read(source, ids);
        synchronized (this) {
            received += records;
            misplaced += others;
            seen.forEach((id, version) -> versions.merge(id, version, Math::max));
        }
    }

    private synchronized void count() {
        pollsAtEnd++;
    }

    /** Returns a count that increases whenever no more records are found. */
    synchronized long pollsAtEnd() {
        return pollsAtEnd;
    }

    /** Returns the number of received records. */
    synchronized long received() {
        return received;
    }

    /** Returns the number of received records of another application. */
    synchronized long misplaced() {
        return misplaced;
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

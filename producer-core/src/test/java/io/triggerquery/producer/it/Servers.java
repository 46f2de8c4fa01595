package io.triggerquery.producer.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** A real broker for the whole run, and a reader of its topics. */
final class Servers {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Servers RUNNING = new Servers();

    private final BrokerProxy proxy;
    private final EmbeddedKafkaKraftBroker broker;

    private Servers() {
        try {
            proxy = new BrokerProxy();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        broker = new EmbeddedKafkaKraftBroker(1, 1);
        // clients that connect through the proxy keep using it
        broker.brokerProperty("advertised.listeners", "EXTERNAL://127.0.0.1:" + proxy.port());
        broker.afterPropertiesSet();
        proxy.forwardTo(broker.getCluster().bootstrapServers());
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    }

    static Servers running() {
        return RUNNING;
    }

    BrokerProxy proxy() {
        return proxy;
    }

    String bootstrapServers() {
        return "127.0.0.1:" + proxy.port();
    }

    String newTopic() {
        String topic = "t-" + UUID.randomUUID();
        broker.addTopics(topic);
        return topic;
    }

    /** Reads a topic from its start until it has at least this number of records, and then to its end. */
    List<String> read(String topic, int atLeast) {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers());
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<String> ids = new ArrayList<>();
            long giveUp = System.nanoTime() + LIMIT.toNanos();
            while (ids.size() < atLeast
                    || consumer.position(partition)
                            < consumer.endOffsets(List.of(partition)).get(partition)) {
                if (System.nanoTime() > giveUp) {
                    throw new AssertionError("only " + ids.size() + " of " + atLeast + " arrived: " + ids);
                }
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (!record.key().equals(record.value()) || record.headers().toArray().length > 0) {
                        throw new AssertionError("a trigger is an id as key and value: " + record);
                    }
                    ids.add(record.value());
                });
            }
            return ids;
        }
    }

    private void stop() {
        proxy.close();
        broker.destroy();
    }
}

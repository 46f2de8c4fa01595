package io.triggerquery.producer.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** A real PostgreSQL and a real broker for the whole run, and what a topic holds. */
final class Servers {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Servers RUNNING = new Servers();

    private final EmbeddedPostgres postgres;
    private final BrokerProxy proxy;
    private final EmbeddedKafkaKraftBroker broker;

    private Servers() {
        try {
            postgres = EmbeddedPostgres.start();
            proxy = new BrokerProxy();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        broker = new EmbeddedKafkaKraftBroker(1, 1);
        // clients that come through the proxy stay behind it
        broker.brokerProperty("advertised.listeners", "EXTERNAL://127.0.0.1:" + proxy.port());
        broker.afterPropertiesSet();
        proxy.forwardTo(broker.getCluster().bootstrapServers());
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    }

    static Servers running() {
        return RUNNING;
    }

    String jdbcUrl() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    /** An empty one beside the others'. */
    DataSource newDatabase() {
        String name = "d" + UUID.randomUUID().toString().replace("-", "");
        JdbcClient.create(postgres.getPostgresDatabase())
                .sql("create database " + name)
                .update();
        return postgres.getDatabase("postgres", name);
    }

    /** What a failed test left behind; nothing if no service has migrated the database yet. */
    void clearOutbox() {
        JdbcClient.create(postgres.getPostgresDatabase())
                .sql("do $$ begin if to_regclass('trigger_outbox') is not null"
                        + " then delete from trigger_outbox; end if; end $$")
                .update();
    }

    /** For connections that are made from now on. */
    void makeReadOnly(boolean readOnly) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            statement.execute("alter database postgres set default_transaction_read_only = " + readOnly);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
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

    /** Reads a topic from its start until it holds so many records, then to its end. */
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
        try {
            proxy.close();
            broker.destroy();
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.triggerquery.relayservice.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** A real PostgreSQL for the whole run, and a real broker for the tests that need one. */
final class Servers {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final EmbeddedPostgres POSTGRES = startPostgres();

    private Servers() {}

    /** Creates an empty database. */
    static String newDatabase() {
        String name = "db_" + UUID.randomUUID().toString().replace('-', '_');
        JdbcClient.create(POSTGRES.getPostgresDatabase())
                .sql("create database " + name)
                .update();
        return name;
    }

    /** Returns the address of a PostgreSQL database with this name; an address is returned unchanged. */
    static String jdbcUrl(String database) {
        return database.startsWith("jdbc:") ? database : POSTGRES.getJdbcUrl("postgres", database);
    }

    static DataSource dataSource(String database) {
        return new DriverManagerDataSource(jdbcUrl(database));
    }

    static String bootstrapServers() {
        return Broker.RUNNING.getBrokersAsString();
    }

    static String newTopic() {
        String topic = "t-" + UUID.randomUUID();
        Broker.RUNNING.addTopics(topic);
        return topic;
    }

    /** Reads a topic from its start until it has at least this number of records, and then to its end. */
    static List<String> read(String topic, int atLeast) {
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
                consumer.poll(Duration.ofMillis(100)).forEach(record -> ids.add(record.value()));
            }
            return ids;
        }
    }

    private static EmbeddedPostgres startPostgres() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(postgres)));
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(EmbeddedPostgres postgres) {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Broker {

        static final EmbeddedKafkaKraftBroker RUNNING = start();

        private static EmbeddedKafkaKraftBroker start() {
            EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);
            broker.afterPropertiesSet();
            Runtime.getRuntime().addShutdownHook(new Thread(broker::destroy));
            return broker;
        }
    }
}

package io.triggerquery.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.ctl.source.WaitingFile;
import io.triggerquery.databases.MariaDbServer;
import io.triggerquery.databases.ServerAddress;
import io.triggerquery.producer.internal.outbox.TriggerTable;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** Sends triggers from each source with a real broker and real databases. */
class SendIT {

    private static final EmbeddedKafkaKraftBroker BROKER = new EmbeddedKafkaKraftBroker(1, 1);
    private static EmbeddedPostgres postgres;

    private final String topic = "t-" + UUID.randomUUID();

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        BROKER.afterPropertiesSet();
        postgres = EmbeddedPostgres.start();
        new ResourceDatabasePopulator(new ClassPathResource("db/triggerquery/R__trigger_outbox.sql"))
                .execute(postgres.getPostgresDatabase());
    }

    @AfterAll
    static void stop() throws Exception {
        BROKER.destroy();
        postgres.close();
    }

    @BeforeEach
    void topic() {
        BROKER.addTopics(topic);
        jdbc().sql("delete from trigger_outbox").update();
    }

    @Test
    void idsOfALogAreSentOnceWithTheirHighestVersion() throws Exception {
        Path log = Files.write(
                directory.resolve("app.log"), List.of(line("p-1", 3), line("p-2", 1), "INFO started", line("p-1", 2)));

        Command first = send("--log", log.toString());
        Command second = send("--log", log.toString());

        assertThat(first).isEqualTo(new Command(0, "sent: 2, refused: 0, left: 0" + System.lineSeparator(), ""));
        assertThat(second).isEqualTo(first);
        assertThat(read(4)).containsExactly("p-1 v3", "p-2 v1", "p-1 v3", "p-2 v1");
    }

    @Test
    void sentTriggersOfASpoolAreDeletedAndParkedOnesStay() throws Exception {
        try (WaitingFile spool = new WaitingFile(directory)) {
            for (int n = 0; n < 50; n++) {
                spool.put("p-" + n, null, null);
            }
            spool.put("parked", null, "too large");
        }

        Command sent = send("--spool", directory.toString(), "--rate", "1000");

        assertThat(sent).isEqualTo(new Command(1, "sent: 50, refused: 0, left: 1" + System.lineSeparator(), ""));
        assertThat(read(50)).hasSize(50).doesNotHaveDuplicates().doesNotContain("parked");
        assertThat(Command.run("list", "--spool", directory.toString()).out())
                .contains("parked")
                .hasLineCount(2);
    }

    static Stream<String> outboxes() {
        ServerAddress server = MariaDbServer.running();
        String mariaDb = server.url(ServerAddress.Driver.MARIADB, server.newDatabase());
        new ResourceDatabasePopulator(new ClassPathResource("db/triggerquery-mysql/R__trigger_outbox.sql"))
                .execute(new DriverManagerDataSource(mariaDb));
        return Stream.of(url(), mariaDb);
    }

    @ParameterizedTest
    @MethodSource("outboxes")
    void postponedRowsOfAnOutboxAreSentAndEachIdOnce(String outbox) {
        TriggerTable table = new TriggerTable(new DriverManagerDataSource(outbox), Application.UNNAMED);
        IntStream.range(0, 600).forEach(n -> table.insert(OutgoingTrigger.of("changed", "p-" + n)));
        table.insert(new OutgoingTrigger("changed", "p-0", 9L));
        table.insert(OutgoingTrigger.of("other", "x"));
        table.postpone(table.claim("changed", 300, Duration.ofHours(1)), Duration.ofHours(1));

        Command sent = send("--outbox", outbox, "--rate", "10000");

        assertThat(sent.out()).isEqualTo("sent: 600, refused: 0, left: 1" + System.lineSeparator());
        assertThat(sent.err()).contains("1 triggers for other are not sent: give --destination other=TOPIC");
        assertThat(sent.exit()).isEqualTo(1);
        assertThat(read(600)).hasSize(600).doesNotHaveDuplicates();
        assertThat(table.list(10))
                .extracting(row -> row.trigger().destination())
                .containsExactly("other");
    }

    @ParameterizedTest
    @MethodSource("outboxes")
    void outboxCanBeListedAndUnparkedWithOneLineErrors(String outbox) {
        TriggerTable table = new TriggerTable(new DriverManagerDataSource(outbox), Application.UNNAMED);
        table.insert(OutgoingTrigger.of("changed", "p-1"));
        table.park(table.claim("changed", 1, Duration.ofMinutes(1)), "too large");

        assertThat(Command.run("list", "--outbox", outbox).out()).contains("parked", "too large");
        assertThat(Command.run("unpark", "--outbox", outbox, "--destination", "changed")
                        .out())
                .contains("unparked: 1");
        Command wrong = Command.run("list", "--outbox", outbox.replaceFirst("/[^/?]+[?]", "/absent?"));
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err())
                .contains("the outbox cannot be used")
                .contains("absent")
                .hasLineCount(1);
    }

    @Test
    void ownerIsRequiredForAnOutboxSharedByApplications() {
        TriggerTable billing = new TriggerTable(postgres.getPostgresDatabase(), new Application("billing"));
        TriggerTable ordering = new TriggerTable(postgres.getPostgresDatabase(), new Application("ordering"));
        billing.insert(OutgoingTrigger.of("changed", "b-1"));
        ordering.insert(OutgoingTrigger.of("changed", "o-1"));

        Command unnamed = send("--outbox", url());
        Command named = send("--outbox", url(), "--owner", "ordering");

        assertThat(unnamed.exit()).isEqualTo(2);
        assertThat(unnamed.err()).contains("give --owner with one of 'billing', 'ordering'");
        assertThat(named).isEqualTo(new Command(0, "sent: 1, refused: 0, left: 0" + System.lineSeparator(), ""));
        assertThat(read(1)).containsExactly("o-1");
        assertThat(billing.list(10)).hasSize(1);
    }

    private Command send(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "send", "--bootstrap-servers", BROKER.getBrokersAsString(), "--destination", "changed=" + topic));
        arguments.addAll(List.of(more));
        return Command.run(arguments.toArray(String[]::new));
    }

    private static String line(String id, long version) {
        return "ERROR {\"event\":\"trigger-undelivered\",\"destination\":\"changed\",\"id\":\"" + id + "\",\"version\":"
                + version + ",\"since\":\"2026-07-01T10:00:00Z\",\"reason\":\"not taken by Kafka\"}";
    }

    private static String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    private static JdbcClient jdbc() {
        return JdbcClient.create((DataSource) postgres.getPostgresDatabase());
    }

    /** Reads the records with their versions when the topic has at least this number of them. */
    private List<String> read(int atLeast) {
        Map<String, Object> config = Map.of("bootstrap.servers", BROKER.getBrokersAsString());
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<String> ids = new ArrayList<>();
            long giveUp = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (ids.size() < atLeast
                    || consumer.position(partition)
                            < consumer.endOffsets(List.of(partition)).get(partition)) {
                if (System.nanoTime() > giveUp) {
                    throw new AssertionError("only " + ids.size() + " of " + atLeast + " arrived: " + ids);
                }
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    Header version = record.headers().lastHeader("triggerquery-version");
                    ids.add(record.key() + (version == null ? "" : " v" + new String(version.value())));
                });
            }
            return ids;
        }
    }
}

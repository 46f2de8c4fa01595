package io.triggerquery.demo.launcher.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.testbed.process.Port;
import io.triggerquery.testbed.process.ProcessId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts and kills the real servers. */
@Timeout(240)
class BrokerAndDatabaseIT {

    private Settings settings;
    private Control control;
    private Starter starter;
    private Part broker;
    private Part database;

    @BeforeEach
    void onFreePorts(@TempDir Path directory) throws IOException {
        settings = new Settings(
                directory,
                directory.resolve(".demo"),
                Map.of(PartName.BROKER, twoFreePorts(), PartName.DATABASE, twoFreePorts()));
        control = new Control(settings);
        broker = new Broker(settings);
        database = new Database(settings);
        starter = new Starter(settings, control, List.of(broker, database), (part, what) -> {});
    }

    @AfterEach
    void stop() {
        control.stop(broker);
        control.stop(database);
    }

    @Test
    void brokerKeepsItsRecordsAfterAKill() throws Exception {
        start(broker);
        Map<String, Object> client = Map.of("bootstrap.servers", broker.address());
        try (Admin admin = Admin.create(client);
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                    .all()
                    .get();
            producer.send(new ProducerRecord<>("kept", "id-1", "id-1")).get();
        }
        assertThat(control.kill(broker)).isPositive();
        assertThat(control.state(broker)).isInstanceOf(PartState.Died.class);
        assertThat(broker.problem()).isPresent();

        start(broker);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition("kept", 0);
            consumer.assign(Set.of(partition));
            consumer.seekToBeginning(Set.of(partition));
            assertThat(consumer.poll(Duration.ofSeconds(30)))
                    .extracting(record -> record.value())
                    .containsExactly("id-1");
        }
    }

    @Test
    void databaseKeepsItsRowsAfterAKillAndAStop() throws SQLException {
        start(database);
        execute("create table kept (id int)");
        execute("insert into kept values (1)");

        // with a connected client, as in the demo
        try (Connection client = connect()) {
            List<ProcessHandle> children =
                    control.running(database).orElseThrow().descendants().toList();
            assertThat(children).isNotEmpty();
            control.kill(database);
            assertThat(children).noneMatch(child -> ProcessId.of(child).alive().isPresent());
            assertThat(client.isValid(1)).isFalse();
        }
        start(database);
        execute("insert into kept values (2)");

        try (Connection client = connect()) {
            assertThat(control.stop(database)).isEqualTo("stopped");
            assertThat(client.isValid(1)).isFalse();
        }
        start(database);
        assertThat(count()).isEqualTo(2);
        assertThat(setting("fsync")).isEqualTo("on");
    }

    private void start(Part part) {
        ProcessHandle process = control.launch(part);
        assertThat(starter.awaitReady(part, process)).isEqualTo("ready at " + part.address());
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(Database.jdbcUrl(settings, "billing"), Database.USER, Database.PASSWORD);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int count() throws SQLException {
        return Integer.parseInt(single("select count(*) from kept"));
    }

    private String setting(String name) throws SQLException {
        return single("show " + name);
    }

    private String single(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    // the controller of the broker uses the next port
    private static Port twoFreePorts() throws IOException {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Port port = new Port(socket.getLocalPort());
                if (port.number() < 65_535 && new Port(port.number() + 1).isFree()) {
                    return port;
                }
            }
        }
    }
}

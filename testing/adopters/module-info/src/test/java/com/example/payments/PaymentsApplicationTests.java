package com.example.payments;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.consumer.TriggerQueryListener;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.context.EmbeddedKafka;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(properties = "spring.datasource.url=jdbc:h2:mem:payments")
@EmbeddedKafka(topics = "billing.billing-changed", bootstrapServersProperty = "spring.kafka.bootstrap-servers")
class PaymentsApplicationTests {

    @Autowired
    EmbeddedKafkaBroker broker;

    @DynamicPropertySource
    static void addresses(DynamicPropertyRegistry settings) {
        settings.add("triggerquery.sources.billing.url", StandInBilling::start);
    }

    @Autowired
    KafkaTemplate<String, String> kafka;

    @Autowired
    JdbcClient jdbc;

    @Test
    void triggerBecomesARow() {
        kafka.send("billing.billing-changed", "pay-1");

        await().atMost(ofSeconds(60))
                .untilAsserted(() -> assertThat(billOf("pay-1")).containsExactly("bill-1"));
    }

    @Test
    void codeIsInNamedModules() {
        assertThat(PaymentsApplication.class.getModule().getName()).isEqualTo("com.example.payments");
        assertThat(TriggerQueryListener.class.getModule().getName()).isEqualTo("io.triggerquery.consumer");
    }

    /** Everything is a module here, where Maven runs the tests with most libraries on the class path. */
    @Test
    void triggerBecomesARowOnModulePathOnly(@TempDir Path directory) throws Exception {
        String database = "jdbc:h2:file:" + directory.resolve("payments") + ";AUTO_SERVER=TRUE";
        Process application = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-p",
                        "target/classes:target/modules",
                        "--add-modules",
                        "ALL-MODULE-PATH,jdk.net",
                        "-m",
                        "com.example.payments/com.example.payments.PaymentsApplication",
                        "--spring.kafka.bootstrap-servers=" + broker.getBrokersAsString(),
                        "--spring.kafka.consumer.group-id=modules",
                        "--spring.datasource.url=" + database,
                        "--triggerquery.sources.billing.url=" + StandInBilling.start())
                .inheritIO()
                .start();
        try {
            kafka.send("billing.billing-changed", "pay-2");
            JdbcClient rows = JdbcClient.create(new DriverManagerDataSource(database));
            await().atMost(ofSeconds(60))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(rows.sql("select bill_id from billing where payment_id = 'pay-2'")
                                    .query(String.class)
                                    .list())
                            .containsExactly("bill-2"));
        } finally {
            application.destroy();
            application.waitFor();
        }
    }

    private List<String> billOf(String paymentId) {
        return jdbc.sql("select bill_id from billing where payment_id = ?")
                .param(paymentId)
                .query(String.class)
                .list();
    }
}

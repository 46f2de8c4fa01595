package com.example.payments;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.test.utils.KafkaTestUtils;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(properties = "spring.datasource.url=jdbc:h2:mem:payments")
class PaymentsApplicationTests {

    @TempDir
    static Path directory;

    static SecureBroker broker;

    /** Stops the broker after the application. */
    @TestConfiguration
    static class Cluster {

        @Bean(destroyMethod = "stop")
        SecureBroker secureBroker() {
            return broker;
        }
    }

    @DynamicPropertySource
    static void addresses(DynamicPropertyRegistry settings) throws Exception {
        broker = new SecureBroker(directory);
        settings.add("spring.kafka.bootstrap-servers", broker::address);
        settings.add("KAFKA_PASSWORD", () -> "payments-secret");
        settings.add("KAFKA_TRUSTSTORE", broker::trustStore);
        settings.add("KAFKA_TRUSTSTORE_PASSWORD", () -> "password");
        settings.add("triggerquery.sources.billing.url", StandInBilling::start);
    }

    @Autowired
    KafkaTemplate<String, String> kafka;

    @Autowired
    ConsumerFactory<String, String> consumers;

    @Autowired
    JdbcClient jdbc;

    @Test
    void triggerBecomesARow() {
        kafka.send("billing.billing-changed", "pay-1");

        await().atMost(ofSeconds(60))
                .untilAsserted(() -> assertThat(billOf("pay-1")).containsExactly("bill-1"));
    }

    /** The listener writes dead letters with a producer of its own, and creates their topic with an admin of its own. */
    @Test
    void invalidIdBecomesADeadLetter() {
        kafka.send("billing.billing-changed", "no id, but a sentence");

        Properties fromTheBeginning = new Properties();
        fromTheBeginning.setProperty("auto.offset.reset", "earliest");
        fromTheBeginning.setProperty("metadata.max.age.ms", "500");
        try (Consumer<String, String> reader = consumers.createConsumer("reader", "reader", null, fromTheBeginning)) {
            reader.subscribe(List.of("billing.billing-changed-dlt"));
            assertThat(KafkaTestUtils.getSingleRecord(reader, "billing.billing-changed-dlt", ofSeconds(60))
                            .value())
                    .isEqualTo("no id, but a sentence");
        }
    }

    private List<String> billOf(String paymentId) {
        return jdbc.sql("select bill_id from billing where payment_id = ?")
                .param(paymentId)
                .query(String.class)
                .list();
    }
}

package com.example.payments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.test.context.EmbeddedKafka;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(properties = "spring.datasource.url=jdbc:h2:mem:payments")
@EmbeddedKafka(topics = "billing.billing-changed", bootstrapServersProperty = "spring.kafka.bootstrap-servers")
class PaymentsApplicationTests {

    @DynamicPropertySource
    static void addresses(DynamicPropertyRegistry settings) {
        settings.add("triggerquery.sources.billing.url", StandInBilling::start);
    }

    @Autowired
    KafkaTemplate<String, String> kafka;

    @Autowired
    JdbcClient jdbc;

    @Test
    void binaryEventBecomesARow() {
        ProducerRecord<String, String> event = new ProducerRecord<>("billing.billing-changed", "{\"amount\": 12.5}");
        Map.of("specversion", "1.0", "id", "e-1", "source", "/billing", "type", "billed", "subject", "pay-1")
                .forEach((name, value) -> event.headers().add("ce_" + name, value.getBytes(UTF_8)));
        kafka.send(event);

        await().atMost(ofSeconds(60))
                .untilAsserted(() -> assertThat(billOf("pay-1")).containsExactly("bill-1"));
    }

    @Test
    void structuredEventBecomesARow() {
        ProducerRecord<String, String> event = new ProducerRecord<>("billing.billing-changed", """
                {"specversion": "1.0", "id": "e-2", "source": "/billing", "type": "billed", "subject": "pay-2",
                 "data": {"amount": 12.5}}
                """);
        event.headers().add("content-type", "application/cloudevents+json".getBytes(UTF_8));
        kafka.send(event);

        await().atMost(ofSeconds(60))
                .untilAsserted(() -> assertThat(billOf("pay-2")).containsExactly("bill-2"));
    }

    private List<String> billOf(String paymentId) {
        return jdbc.sql("select bill_id from billing where payment_id = ?")
                .param(paymentId)
                .query(String.class)
                .list();
    }
}

package com.example.payments;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
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
    void messageBecomesARow() {
        kafka.send("billing.billing-changed", """
                {"type": "BILLED", "payment": {"id": "pay-1", "version": 3}, "amount": {"value": 12.5, "currency": "EUR"}}
                """);

        await().atMost(ofSeconds(60))
                .untilAsserted(() -> assertThat(billOf("pay-1")).containsExactly("bill-1"));
    }

    private List<String> billOf(String paymentId) {
        return jdbc.sql("select bill_id from billing where payment_id = ?")
                .param(paymentId)
                .query(String.class)
                .list();
    }
}

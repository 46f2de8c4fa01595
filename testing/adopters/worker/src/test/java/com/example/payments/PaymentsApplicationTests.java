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
import org.springframework.util.ClassUtils;

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
    void triggerBecomesARow() {
        kafka.send("billing.billing-changed", "pay-1");

        await().atMost(ofSeconds(60))
                .untilAsserted(() -> assertThat(billOf("pay-1")).containsExactly("bill-1"));
    }

    @Test
    void noWebLibraryIsOnClassPath() {
        assertThat(List.of(
                        "org.springframework.web.client.RestClient",
                        "jakarta.servlet.Servlet",
                        "org.springframework.boot.actuate.endpoint.annotation.Endpoint"))
                .noneMatch(name -> ClassUtils.isPresent(name, null));
    }

    private List<String> billOf(String paymentId) {
        return jdbc.sql("select bill_id from billing where payment_id = ?")
                .param(paymentId)
                .query(String.class)
                .list();
    }
}

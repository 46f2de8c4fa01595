package com.example.payments;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.kafka.test.utils.KafkaTestUtils;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(properties = "spring.datasource.url=jdbc:h2:mem:payments")
class PaymentsApplicationTests {

    private static final EmbeddedKafkaKraftBroker BILLING = cluster("billing.billing-changed");
    private static final EmbeddedKafkaKraftBroker PAYMENTS = cluster("payments.payment-changed");

    /** Stops the clusters after the application. */
    @TestConfiguration
    static class Clusters {

        @Bean
        EmbeddedKafkaKraftBroker billing() {
            return BILLING;
        }

        @Bean
        EmbeddedKafkaKraftBroker payments() {
            return PAYMENTS;
        }
    }

    @DynamicPropertySource
    static void addresses(DynamicPropertyRegistry settings) {
        settings.add("triggerquery.sources.billing.url", StandInBilling::start);
        settings.add("spring.kafka.bootstrap-servers", BILLING::getBrokersAsString);
        settings.add("triggerquery.producer.kafka.properties.bootstrap.servers", PAYMENTS::getBrokersAsString);
    }

    @Autowired
    KafkaTemplate<String, String> kafka;

    @Autowired
    JdbcClient jdbc;

    @Test
    void triggerOfOneClusterCausesOneInTheOther() throws Exception {
        kafka.send("billing.billing-changed", "pay-1");

        assertThat(published().value()).isEqualTo("pay-1");
        await().atMost(ofSeconds(60))
                .untilAsserted(() -> assertThat(jdbc.sql("select bill_id from billing")
                                .query(String.class)
                                .list())
                        .containsExactly("bill-1"));
        assertThat(topics(BILLING))
                .contains("billing.billing-changed-payments-retry")
                .doesNotContain("payments.payment-changed");
        assertThat(topics(PAYMENTS)).noneMatch(topic -> topic.startsWith("billing"));
    }

    private static ConsumerRecord<String, String> published() {
        Map<String, Object> settings = KafkaTestUtils.consumerProps(PAYMENTS, "others", true);
        try (Consumer<String, String> consumer = new DefaultKafkaConsumerFactory<>(
                        settings, new StringDeserializer(), new StringDeserializer())
                .createConsumer()) {
            PAYMENTS.consumeFromAnEmbeddedTopic(consumer, "payments.payment-changed");
            return KafkaTestUtils.getSingleRecord(consumer, "payments.payment-changed", ofSeconds(60));
        }
    }

    private static Set<String> topics(EmbeddedKafkaKraftBroker cluster) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.getBrokersAsString()))) {
            return admin.listTopics().names().get();
        }
    }

    private static EmbeddedKafkaKraftBroker cluster(String topic) {
        EmbeddedKafkaKraftBroker cluster = new EmbeddedKafkaKraftBroker(1, 1, topic);
        cluster.afterPropertiesSet();
        return cluster;
    }
}

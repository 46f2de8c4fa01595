package com.example.billing;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.context.EmbeddedKafka;
import org.springframework.kafka.test.utils.KafkaTestUtils;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.ClassUtils;

@SpringBootTest
@EmbeddedKafka(topics = "billing.billing-changed", bootstrapServersProperty = "spring.kafka.bootstrap-servers")
class BillingApplicationTests {

    static EmbeddedPostgres postgres;

    /** Stops the database after the application. */
    @TestConfiguration
    static class Database {

        @Bean
        EmbeddedPostgres embeddedPostgres() {
            return postgres;
        }
    }

    @DynamicPropertySource
    static void addresses(DynamicPropertyRegistry settings) throws Exception {
        postgres = EmbeddedPostgres.start();
        settings.add("spring.datasource.url", () -> postgres.getJdbcUrl("postgres", "postgres"));
    }

    @Autowired
    Bills bills;

    @Autowired
    EmbeddedKafkaBroker kafka;

    @Test
    void billCausesATrigger() {
        bills.bill("pay-1");

        Map<String, Object> settings = KafkaTestUtils.consumerProps(kafka, "others", true);
        try (Consumer<String, String> consumer = new DefaultKafkaConsumerFactory<>(
                        settings, new StringDeserializer(), new StringDeserializer())
                .createConsumer()) {
            kafka.consumeFromAnEmbeddedTopic(consumer, "billing.billing-changed");
            assertThat(KafkaTestUtils.getSingleRecord(consumer, "billing.billing-changed", ofSeconds(60))
                            .value())
                    .isEqualTo("pay-1");
        }
    }

    @Test
    void dependenciesOfOtherStrategiesAreNotOnClassPath() {
        assertThat(List.of("org.sqlite.JDBC", "feign.Feign", "org.apache.hc.client5.http.classic.HttpClient"))
                .noneMatch(name -> ClassUtils.isPresent(name, null));
    }
}

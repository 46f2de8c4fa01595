package io.triggerquery.producer.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class TriggerProducerConfigTest {

    @Test
    void keepsHowToReachTheBrokerAndFixesTheRest() {
        Map<String, Object> config = TriggerProducerConfig.over(Map.of(
                "bootstrap.servers", "kafka:9092",
                "security.protocol", "SASL_SSL",
                "client.id", "billing",
                "acks", "1",
                "compression.type", "lz4",
                "max.block.ms", "60000",
                "delivery.timeout.ms", "120000"));

        assertThat(config)
                .containsEntry("bootstrap.servers", "kafka:9092")
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("client.id", "billing-triggers")
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("compression.type", "none")
                .containsEntry("max.block.ms", 1_000)
                .containsEntry("delivery.timeout.ms", 4_500);
    }

    @Test
    void dropsWhatWouldContradictIdempotenceOrJoinATransaction() {
        Map<String, Object> application = new HashMap<>();
        application.put("transactional.id", "tx-");
        application.put("retries", 0);
        application.put("max.in.flight.requests.per.connection", 50);
        application.put("bootstrap.servers", "kafka:9092");

        // the client itself checks that the settings agree with each other
        ProducerConfig config = new ProducerConfig(TriggerProducerConfig.over(application));

        assertThat(config.originals()).doesNotContainKeys("transactional.id", "retries");
        assertThat(config.getInt(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG))
                .isGreaterThan(config.getInt(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG));
    }
}

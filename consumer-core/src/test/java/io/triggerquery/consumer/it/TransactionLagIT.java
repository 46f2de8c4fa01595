package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.consumer.internal.listener.ListenerReport;
import io.triggerquery.consumer.internal.listener.TriggerListeners;
import io.triggerquery.consumer.it.ThingsApplication.Things;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Transaction markers occupy offsets, but are neither lag nor loss. */
class TransactionLagIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void lagIsZeroWhenAllTransactionsHaveBeenRead() throws Exception {
        String topic = "transactions-" + UUID.randomUUID();
        Broker.create(topic, 1);
        var things = new Things();
        try (var source = new SourceServer();
                var producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", Broker.address(), "transactional.id", topic),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                var application = ThingsApplication.start(
                        things,
                        Map.of(
                                "things.topic",
                                topic,
                                "spring.kafka.bootstrap-servers",
                                Broker.address(),
                                "spring.kafka.consumer.group-id",
                                topic,
                                "triggerquery.sources.things.url",
                                source.url()))) {
            producer.initTransactions();
            for (int i = 0; i < 10; i++) {
                source.versions.put("t-" + i, 1L);
                byte[] id = ("t-" + i).getBytes(StandardCharsets.UTF_8);
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(topic, id, id));
                if (i % 2 == 0) {
                    producer.commitTransaction();
                } else {
                    producer.flush();
                    producer.abortTransaction();
                }
            }
            await().atMost(PATIENCE).until(() -> things.versions.size() == 10);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(lags(application)).containsOnly(0L));
            assertThat(application
                            .getBean(MeterRegistry.class)
                            .get("triggerquery.lost")
                            .counter()
                            .count())
                    .isZero();
        }
    }

    private static List<Long> lags(ConfigurableApplicationContext application) {
        return application.getBean(TriggerListeners.class).operations().get(0).report(0).join().partitions().stream()
                .map(ListenerReport.Partition::lag)
                .toList();
    }
}

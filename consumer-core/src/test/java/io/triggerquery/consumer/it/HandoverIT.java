package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.consumer.it.ThingsApplication.Things;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/** G6 CleanHandover on a real broker: members come and go under load, with each way Kafka has to rebalance. */
class HandoverIT {

    private static final int IDS = 300;

    @ParameterizedTest
    @CsvSource({
        "spring.kafka.consumer.properties.partition.assignment.strategy,"
                + "org.apache.kafka.clients.consumer.RangeAssignor",
        "spring.kafka.consumer.properties.partition.assignment.strategy,"
                + "org.apache.kafka.clients.consumer.CooperativeStickyAssignor",
        "spring.kafka.consumer.properties.group.protocol,consumer"
    })
    void membersComeAndGoUnderLoad(String property, String value) throws Exception {
        String topic = "things-" + UUID.randomUUID();
        Broker.create(topic);
        var things = new Things();
        try (var source = new SourceServer()) {
            Map<String, String> settings = Map.of(
                    "things.topic",
                    topic,
                    "spring.kafka.bootstrap-servers",
                    Broker.address(),
                    "spring.kafka.consumer.group-id",
                    topic,
                    "triggerquery.sources.things.url",
                    source.url(),
                    property,
                    value);
            var stop = new AtomicBoolean();
            var load = new Thread(() -> changeUntil(stop, source, topic));
            load.start();
            ConfigurableApplicationContext first = ThingsApplication.start(things, settings);
            ConfigurableApplicationContext second = ThingsApplication.start(things, settings);
            awaitProgress(things, source);
            first.close();
            awaitProgress(things, source);
            ConfigurableApplicationContext third = ThingsApplication.start(things, settings);
            awaitProgress(things, source);
            second.close();
            stop.set(true);
            load.join();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(things.versions).isEqualTo(source.versions));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(Broker.lag(topic, topic)).isZero());
            third.close();
        }
    }

    private static void awaitProgress(Things things, SourceServer source) {
        long applied = total(things.versions);
        await().atMost(Duration.ofSeconds(60)).until(() -> total(things.versions) > applied + 500);
        assertThat(total(source.versions)).isGreaterThan(applied);
    }

    private static long total(Map<String, Long> versions) {
        return versions.values().stream().mapToLong(Long::longValue).sum();
    }

    private static void changeUntil(AtomicBoolean stop, SourceServer source, String topic) {
        while (!stop.get()) {
            for (int i = 0; i < 20; i++) {
                String id = "thing-" + ThreadLocalRandom.current().nextInt(IDS);
                source.versions.merge(id, 1L, Long::sum);
                Broker.trigger(topic, id);
            }
            Broker.flush();
        }
    }
}

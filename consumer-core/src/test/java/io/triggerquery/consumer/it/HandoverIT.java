package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.consumer.it.ThingsApplication.Things;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/** G6 CleanHandover on a real broker: members join and leave under load, with each rebalance protocol. */
class HandoverIT {

    private static final int MOST_BEHIND = 5_000;

    private static final String STRATEGY = "spring.kafka.consumer.properties.partition.assignment.strategy";

    @ParameterizedTest
    @CsvSource({
        STRATEGY + ",org.apache.kafka.clients.consumer.RangeAssignor,1,Classic",
        STRATEGY + ",org.apache.kafka.clients.consumer.CooperativeStickyAssignor,1,Classic",
        STRATEGY + ",org.apache.kafka.clients.consumer.CooperativeStickyAssignor,3,Classic",
        "spring.kafka.consumer.properties.group.protocol,consumer,1,Consumer"
    })
    void membersJoinAndLeaveUnderLoad(String property, String value, String concurrency, String type) throws Exception {
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
                    "spring.kafka.listener.concurrency",
                    concurrency,
                    "triggerquery.sources.things.url",
                    source.url(),
                    property,
                    value);
            var stop = new AtomicBoolean();
            var load = new Thread(() -> changeUntil(stop, source, things, topic));
            load.start();
            ConfigurableApplicationContext first = ThingsApplication.start(things, settings);
            ConfigurableApplicationContext second = ThingsApplication.start(things, settings);
            awaitProgress(things);
            assertThat(Broker.groupType(topic)).isEqualTo(type);
            first.close();
            awaitProgress(things);
            ConfigurableApplicationContext third = ThingsApplication.start(things, settings);
            awaitProgress(things);
            second.close();
            stop.set(true);
            load.join();
            await().atMost(Duration.ofSeconds(90)).until(() -> things.versions.size() == source.versions.size());
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(Broker.lag(topic, topic)).isZero());
            third.close();
        }
    }

    private static void awaitProgress(Things things) {
        int applied = things.versions.size();
        await().atMost(Duration.ofSeconds(90)).until(() -> things.versions.size() > applied + 500);
    }

    /** Each id is triggered once, so that no later trigger hides a loss; no more than can be drained. */
    private static void changeUntil(AtomicBoolean stop, SourceServer source, Things things, String topic) {
        for (int i = 0; !stop.get(); i++) {
            String id = "thing-" + i;
            source.versions.put(id, 1L);
            Broker.trigger(topic, id);
            if (i % 20 == 19) {
                Broker.flush();
                await().pollInterval(Duration.ofMillis(10))
                        .forever()
                        .until(() -> stop.get() || source.versions.size() - things.versions.size() < MOST_BEHIND);
            }
        }
    }
}

package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.it.ThingsApplication.Thing;
import io.triggerquery.consumer.it.ThingsApplication.ThingSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Records with several ids or none, on a real broker. */
class SeveralIdsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String topic = "things-" + UUID.randomUUID();
    private final SourceServer source = new SourceServer();
    private final Map<String, Long> projected = new ConcurrentHashMap<>();
    private ConfigurableApplicationContext application;

    record FromArray(Map<String, Long> projected) {

        @TriggerQueryListener(topics = "${things.topic}", source = ThingSource.class, idFrom = "json:/ids")
        void project(Thing thing) {
            projected.put(thing.id(), thing.version());
        }
    }

    @BeforeEach
    void start() throws Exception {
        Broker.create(topic);
        application = ThingsApplication.start(
                new FromArray(projected),
                new HashMap<>(Map.of(
                        "things.topic",
                        topic,
                        "spring.kafka.bootstrap-servers",
                        Broker.address(),
                        "spring.kafka.consumer.group-id",
                        topic,
                        "triggerquery.sources.things.url",
                        source.url())));
    }

    @AfterEach
    void close() {
        application.close();
        source.close();
    }

    private void send(String ids) throws Exception {
        Broker.send(topic, 0, ("{\"ids\":[" + ids + "]}").getBytes(StandardCharsets.UTF_8));
    }

    private void awaitLag(long lag) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Broker.lag(topic, topic)).isEqualTo(lag));
    }

    @Test
    void recordIsCommittedWhenAllItsIdsAreApplied() throws Exception {
        IntStream.range(0, 1_000).forEach(i -> source.versions.put("t" + i, 1L));
        source.failing.add("t7");
        send(IntStream.range(0, 1_000).mapToObj(i -> "\"t" + i + "\"").collect(Collectors.joining(",")));
        await().atMost(PATIENCE).until(() -> projected.size() == 999);
        assertThat(Broker.lag(topic, topic)).isEqualTo(1);
        source.failing.clear();
        awaitLag(0);
        assertThat(projected).hasSize(1_000);
    }

    @Test
    void invalidIdsAreDeadLetteredAndEmptyListsIgnored() throws Exception {
        IntStream.rangeClosed(1, 9).forEach(i -> source.versions.put(Integer.toString(i), 1L));
        send("1,2,3,4,\"a/b\",5,6,7,8,9");
        send(IntStream.range(0, 10_000).mapToObj(Integer::toString).collect(Collectors.joining(",")));
        send("");
        awaitLag(0);
        assertThat(projected).hasSize(9);
        assertThat(Broker.read(topic + "-dlt", 2))
                .extracting(SeveralIdsIT::reason)
                .anyMatch(reason -> reason.startsWith("1 of 10 elements are not ids"))
                .anyMatch(reason -> reason.equals("the record has more than 1000 ids; send several records"));
        MeterRegistry meters = application.getBean(MeterRegistry.class);
        assertThat(meters.get("triggerquery.ignored").counter().count()).isEqualTo(1);
    }

    private static String reason(ConsumerRecord<byte[], byte[]> letter) {
        return new String(
                letter.headers().lastHeader("kafka_dlt-exception-message").value(), StandardCharsets.UTF_8);
    }
}

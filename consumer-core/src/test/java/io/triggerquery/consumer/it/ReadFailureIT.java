package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.consumer.internal.actuate.TriggerQueryHealthIndicator;
import io.triggerquery.consumer.it.ThingsApplication.Things;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.RecordInterceptor;

/** Failures of the poll and of interceptors cause few log lines and growing pauses, and are shown by health. */
@ExtendWith(OutputCaptureExtension.class)
class ReadFailureIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String topic = "unread-" + UUID.randomUUID();
    private final SourceServer source = new SourceServer();
    private final Things things = new Things();
    private ConfigurableApplicationContext application;

    @BeforeEach
    void createTopic() throws Exception {
        Broker.create(topic, 1);
    }

    @AfterEach
    void close() {
        if (application != null) {
            application.close();
        }
        source.close();
    }

    private void start(Map<String, String> more, RecordInterceptor<?, ?> interceptor) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "things.topic",
                topic,
                "spring.kafka.bootstrap-servers",
                Broker.address(),
                "spring.kafka.consumer.group-id",
                topic,
                "triggerquery.health.stuck-after",
                "5s",
                "triggerquery.sources.things.url",
                source.url()));
        settings.putAll(more);
        application = ThingsApplication.start(things, settings, context -> register(context, interceptor));
    }

    private static void register(GenericApplicationContext context, RecordInterceptor<?, ?> interceptor) {
        if (interceptor != null) {
            context.registerBean(RecordInterceptor.class, () -> interceptor);
        }
    }

    private void change(String id) {
        source.versions.put(id, 1L);
        Broker.trigger(topic, id);
    }

    private Health health() {
        return application.getBean(TriggerQueryHealthIndicator.class).health();
    }

    private void awaitDown(String why) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            assertThat(health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(health().getDetails().toString()).contains(why);
        });
    }

    private static long errors(CapturedOutput output) {
        return Pattern.compile(" ERROR ").matcher(output).results().count();
    }

    @Test
    void assignorIncompatibleWithGroup(CapturedOutput output) {
        Map<String, Object> other = Map.of(
                "bootstrap.servers",
                Broker.address(),
                "group.id",
                topic,
                "partition.assignment.strategy",
                "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
        try (var member = new KafkaConsumer<>(other, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            member.subscribe(List.of(topic));
            await().atMost(PATIENCE).until(() -> {
                member.poll(Duration.ofMillis(200));
                return !member.assignment().isEmpty();
            });
            long before = errors(output);
            start(
                    Map.of(
                            "spring.kafka.consumer.properties.partition.assignment.strategy",
                            "org.apache.kafka.clients.consumer.RangeAssignor"),
                    null);
            awaitDown("the poll failed: org.apache.kafka.common.errors.InconsistentGroupProtocolException");
            assertThat(errors(output) - before).isBetween(2L, 10L);
        }
        change("a");
        await().atMost(PATIENCE.multipliedBy(2)).until(() -> things.versions.containsKey("a"));
        await().atMost(PATIENCE).until(() -> health().getStatus().equals(Status.UP));
        await().atMost(PATIENCE).until(() -> output.toString().contains("Reading works again"));
    }

    @Test
    void assignorUnknownToBroker(CapturedOutput output) {
        start(
                Map.of(
                        "spring.kafka.consumer.properties.group.protocol", "consumer",
                        "spring.kafka.consumer.properties.group.remote.assignor", "no-such-assignor"),
                null);
        await().atMost(PATIENCE).until(() -> output.toString().contains("UnsupportedAssignorException"));
        await().atMost(PATIENCE).until(() -> health().getStatus().equals(Status.DOWN));
        await().during(Duration.ofSeconds(20))
                .atMost(PATIENCE)
                .until(() -> health().getStatus().equals(Status.DOWN));
        assertThat(errors(output)).isLessThan(20);
    }

    @Test
    void failingInterceptor(CapturedOutput output) {
        start(Map.of(), (RecordInterceptor<byte[], byte[]>) (message, consumer) -> {
            throw new IllegalStateException("the interceptor's own words");
        });
        change("a");
        awaitDown("the interceptor's own words");
        assertThat(output)
                .contains(topic + "-0@0 could not be handed over, an interceptor has failed:"
                        + " java.lang.IllegalStateException: the interceptor's own words; reading continues in 1000 ms")
                .doesNotContain("not yet recovered");
        assertThat(errors(output)).isBetween(1L, 10L);
        assertThat(things.versions).isEmpty();
    }

    /** The container alone would drop the rest of the poll. */
    @Test
    void g1_interceptorFailingAfterARecordLosesNoOther(CapturedOutput output) {
        start(Map.of("spring.kafka.listener.auto-startup", "false"), new RecordInterceptor<Object, Object>() {
            @Override
            public ConsumerRecord<Object, Object> intercept(
                    ConsumerRecord<Object, Object> message, Consumer<Object, Object> consumer) {
                return message;
            }

            @Override
            public void afterRecord(ConsumerRecord<Object, Object> message, Consumer<Object, Object> consumer) {
                throw new IllegalStateException("after " + message.offset());
            }
        });
        for (int i = 0; i < 20; i++) {
            change("t-" + i);
        }
        Broker.flush();
        application
                .getBean(KafkaListenerEndpointRegistry.class)
                .getListenerContainer(topic)
                .start();
        await().atMost(PATIENCE).until(() -> things.versions.size() == 20);
        assertThat(output).contains("a RecordInterceptor has failed in afterRecord");
        assertThat(errors(output)).isEqualTo(1);
        assertThat(health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void unavailableBroker() {
        start(Map.of("spring.kafka.bootstrap-servers", "127.0.0.1:9"), null);
        awaitDown("its coordinator has not answered for");
    }

    @Test
    void invalidCredentials(CapturedOutput output) {
        start(
                Map.of(
                        "spring.kafka.properties.security.protocol", "SASL_PLAINTEXT",
                        "spring.kafka.properties.sasl.mechanism", "PLAIN",
                        "spring.kafka.properties.sasl.jaas.config",
                                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"me\""
                                        + " password=\"not-to-be-printed\";"),
                null);
        awaitDown("Kafka refuses this client: AUTHENTICATION has failed");
        assertThat(Pattern.compile("Kafka refuses this client")
                        .matcher(output)
                        .results()
                        .count())
                .isBetween(2L, 5L);
        assertThat(output).doesNotContain("not-to-be-printed");
    }

    @Test
    void memberFencedBySameInstanceIdIsDownImmediately() {
        var sameInstance = Map.of("spring.kafka.consumer.properties.group.instance.id", "only-one");
        start(sameInstance, null);
        change("a");
        await().atMost(PATIENCE).until(() -> things.versions.containsKey("a"));
        ConfigurableApplicationContext older = application;
        start(sameInstance, null);
        try (older) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(older.getBean(TriggerQueryHealthIndicator.class)
                                    .health()
                                    .getDetails()
                                    .toString())
                            .contains("stopped by an error"));
        }
    }
}

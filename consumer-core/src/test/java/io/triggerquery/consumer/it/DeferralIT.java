package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.consumer.FailureRule;
import io.triggerquery.consumer.internal.listener.TriggerListeners;
import io.triggerquery.consumer.it.ThingsApplication.Things;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

/** Deferral and dead letters on a real broker, with real HTTP and spring-kafka's own container. */
class DeferralIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String topic = "things-" + UUID.randomUUID();
    private final String retryTopic = topic + "-" + topic + "-retry";
    private final SourceServer source = new SourceServer();
    private final Things things = new Things();
    private final Map<String, String> settings = ThingsApplication.settings(topic, source);
    private ConfigurableApplicationContext application;

    @BeforeEach
    void createTopic() throws Exception {
        Broker.create(topic);
    }

    @AfterEach
    void close() {
        if (application != null) {
            application.close();
        }
        source.close();
    }

    private void start() {
        application = ThingsApplication.start(things, settings);
    }

    private void startWithRule(FailureRule rule) {
        application = ThingsApplication.start(
                things, settings, context -> context.registerBean(FailureRule.class, () -> rule));
    }

    private void change(String id) {
        source.versions.merge(id, 1L, Long::sum);
        Broker.trigger(topic, id);
    }

    private void awaitConverged() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(things.versions).isEqualTo(source.versions);
            assertThat(Broker.lag(topic, topic)).isZero();
            assertThat(Broker.lag(retryTopic, topic)).isZero();
        });
    }

    private void awaitDeferred() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Broker.lag(topic, topic)).isZero());
    }

    private static long number(ConsumerRecord<byte[], byte[]> message, String header) {
        return Long.parseLong(text(message, header));
    }

    private static String text(ConsumerRecord<byte[], byte[]> message, String header) {
        return new String(message.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    @Test
    void g5_longFailingIdHoldsNoOffsetAndRecoversWithoutRestart() {
        start();
        source.failing.add("stuck");
        change("stuck");
        IntStream.range(0, 100).forEach(i -> change("thing-" + i));
        awaitDeferred();
        assertThat(things.versions).hasSize(100).doesNotContainKey("stuck");

        await().atMost(PATIENCE).until(() -> Broker.readAll(retryTopic).size() >= 3);
        List<ConsumerRecord<byte[], byte[]>> deferred = Broker.readAll(retryTopic);
        assertThat(deferred)
                .extracting(message -> number(message, "triggerquery-failures"))
                .as("deferred again, and still counting")
                .isSorted()
                .doesNotHaveDuplicates();
        ConsumerRecord<byte[], byte[]> trigger = Broker.readAll(topic).stream()
                .filter(message -> "stuck".equals(new String(message.value(), StandardCharsets.UTF_8)))
                .findFirst()
                .orElseThrow();
        assertThat(deferred).allSatisfy(message -> {
            assertThat(message.key()).isEqualTo(trigger.key());
            assertThat(message.value()).isEqualTo(trigger.value());
            assertThat(message.partition()).isEqualTo(trigger.partition());
            assertThat(number(message, "triggerquery-produced-at")).isEqualTo(trigger.timestamp());
            assertThat(text(message, "triggerquery-cause")).contains("[500");
        });
        long failingSince = number(deferred.get(0), "triggerquery-failing-since");
        assertThat(number(deferred.get(2), "triggerquery-failing-since"))
                .isBetween(failingSince - 50, failingSince + 50);

        source.failing.clear();
        awaitConverged();
    }

    @Test
    void g1_deferredTriggerIsAppliedAfterRestart() {
        start();
        source.failing.add("stuck");
        change("stuck");
        awaitDeferred();
        application.close();
        long failures = lastFailures();
        start();
        await().atMost(PATIENCE).until(() -> lastFailures() > failures);
        application.close();
        source.failing.clear();
        start();
        awaitConverged();
    }

    private long lastFailures() {
        return Broker.readAll(retryTopic).stream()
                .mapToLong(message -> number(message, "triggerquery-failures"))
                .max()
                .orElseThrow();
    }

    @Test
    void g7_permanentFailureIsDeadLetteredWithReasonAndReplayed() throws Exception {
        startWithRule(ThingsApplication::permanent);
        source.failing.add("bad");
        change("bad");
        change("good");
        Broker.send(topic, 0, "{}".getBytes(StandardCharsets.UTF_8));
        await().atMost(PATIENCE).until(() -> things.versions.containsKey("good"));
        awaitDeferred();
        List<ConsumerRecord<byte[], byte[]>> dead = Broker.read(topic + "-dlt", 2);
        ConsumerRecord<byte[], byte[]> letter = dead.stream()
                .filter(message -> "bad".equals(new String(message.value(), StandardCharsets.UTF_8)))
                .findFirst()
                .orElseThrow();
        assertThat(text(letter, "kafka_dlt-exception-message")).contains("500").doesNotContain("\n");
        assertThat(text(letter, "kafka_dlt-exception-fqcn")).contains("FeignException");
        assertThat(text(letter, "kafka_dlt-original-topic")).isEqualTo(topic);
        assertThat(text(letter, "kafka_dlt-original-consumer-group")).isEqualTo(topic);
        assertThat(letter.headers().lastHeader("kafka_dlt-original-offset")).isNull();
        assertThat(number(letter, "triggerquery-produced-at")).isPositive();

        source.failing.clear();
        assertThat(replay()).isEqualTo("1 sent again, 1 without a valid id, 0 of other groups.");
        awaitConverged();
        assertThat(replay())
                .as("continues where it ended")
                .isEqualTo("0 sent again, 0 without a valid id, 0 of other groups.");
    }

    @Test
    void replaysOnlyItsOwnDeadLetters() throws Exception {
        start();
        assertThat(replay()).isEqualTo("0 sent again, 0 without a valid id, 0 of other groups.");
        Broker.create(topic + "-dlt");
        IntStream.range(0, 3).forEach(i -> Broker.trigger(topic + "-dlt", "of-nobody-" + i));
        Broker.flush();
        assertThat(replay()).isEqualTo("0 sent again, 0 without a valid id, 3 of other groups.");
    }

    private String replay() {
        return application.getBean(TriggerListeners.class).operations().stream()
                .filter(listener -> listener.id().equals(topic))
                .findFirst()
                .orElseThrow()
                .replay();
    }

    @Test
    void g1_triggerRejectedByRetryTopicIsRetriedAndNotSettled() throws Exception {
        start();
        limitMessages("10");
        source.failing.add("stuck");
        change("stuck");
        await().atMost(PATIENCE).until(() -> source.queries.get() >= 8);
        assertThat(Broker.lag(topic, topic)).isEqualTo(1);
        assertThat(Broker.readAll(retryTopic)).isEmpty();
        limitMessages("1000000");
        awaitDeferred();
        source.failing.clear();
        awaitConverged();
    }

    private void limitMessages(String bytes) throws Exception {
        try (var admin = Broker.admin()) {
            var limit = new AlterConfigOp(new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(
                            Map.of(new ConfigResource(ConfigResource.Type.TOPIC, retryTopic), List.of(limit)))
                    .all()
                    .get();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"earliest", "latest"})
    void g1_deletedRetryTopicIsRecreatedAndReadFromItsBeginning(String reset) throws Exception {
        settings.put("spring.kafka.consumer.auto-offset-reset", reset);
        start();
        awaitConsumer();
        change("a");
        awaitConverged();
        try (var admin = Broker.admin()) {
            admin.deleteTopics(List.of(retryTopic)).all().get();
        }
        source.failing.add("stuck");
        change("stuck");
        awaitDeferred();
        source.failing.clear();
        awaitConverged();
    }

    private void awaitConsumer() {
        var containers = application.getBean(KafkaListenerEndpointRegistry.class);
        await().atMost(PATIENCE)
                .until(() -> containers
                                .getListenerContainer(topic)
                                .getAssignedPartitions()
                                .size()
                        == 2 * Broker.PARTITIONS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void retryTopicMissingAtStartIsCreatedAndReadLater(String protocol) throws Exception {
        settings.put("spring.kafka.consumer.properties.group.protocol", protocol);
        settings.put("spring.kafka.consumer.properties.metadata.max.age.ms", "500");
        settings.put("triggerquery.defaults.missing-topics", "wait"); // without a trigger topic there is no retry topic
        try (var admin = Broker.admin()) {
            admin.deleteTopics(List.of(topic)).all().get();
            await().atMost(PATIENCE)
                    .until(() -> !admin.listTopics().names().get().contains(topic));
        }
        start();
        Broker.create(topic);
        change("a");
        await().atMost(PATIENCE).until(() -> things.versions.containsKey("a"));
        try (var admin = Broker.admin()) {
            assertThat(admin.listTopics().names().get()).doesNotContain(retryTopic);
        }
        source.failing.add("stuck");
        change("stuck");
        awaitDeferred();
        source.failing.clear();
        awaitConverged();
    }
}

package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.FailureRule;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import io.triggerquery.consumer.internal.listener.TriggerListeners;
import io.triggerquery.consumer.it.ThingsApplication.Thing;
import io.triggerquery.consumer.it.ThingsApplication.ThingSource;
import io.triggerquery.consumer.spi.Decoded;
import io.triggerquery.consumer.spi.TriggerDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Decoded records on their way to the source, the retry topic, the dead-letter topic and back. */
class DecoderIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String topic = "things-" + UUID.randomUUID();
    private final SourceServer source = new SourceServer();
    private final Map<String, Long> projected = new ConcurrentHashMap<>();
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

    record FromJson(Map<String, Long> projected) {

        @TriggerQueryListener(
                topics = "${things.topic}",
                source = ThingSource.class,
                idFrom = "${id-from:json:/order/id}",
                versionFrom = "json:/order/version",
                unicodeIds = true)
        void project(Thing thing) {
            projected.put(thing.id(), thing.version());
        }
    }

    record OwnDecoder(Map<String, Long> projected) {

        @TriggerQueryListener(topics = "${things.topic}", source = ThingSource.class, decoder = "things")
        void project(Thing thing) {
            projected.put(thing.id(), thing.version());
        }
    }

    private void start(Object listener, FailureRule rule, TriggerDecoder decoder) {
        Map<String, String> settings = ThingsApplication.settings(topic, source);
        application = ThingsApplication.start(listener, settings, context -> register(context, rule, decoder));
    }

    private static void register(GenericApplicationContext context, FailureRule rule, TriggerDecoder decoder) {
        context.registerBean(FailureRule.class, () -> rule);
        context.registerBean("things", TriggerDecoder.class, () -> decoder);
    }

    private static Optional<FailureKind> noRule(Throwable failure) {
        return Optional.empty();
    }

    private static Decoded none(ConsumerRecord<byte[], byte[]> message) {
        return Decoded.ignored();
    }

    private void order(String id, long version) throws Exception {
        source.versions.put(id, version);
        send("{\"schema\":{},\"order\":{\"id\":\"" + id + "\",\"version\":" + version + "}}");
    }

    private void send(String value) throws Exception {
        Broker.send(topic, 0, value.getBytes(StandardCharsets.UTF_8));
    }

    private void awaitSettled() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Broker.lag(topic, topic)).isZero());
    }

    private ListenerOperations operations() {
        return application.getBean(TriggerListeners.class).operations().get(0);
    }

    @Test
    void idsInJsonAreQueriedDeferredAndApplied() throws Exception {
        start(new FromJson(projected), DecoderIT::noRule, DecoderIT::none);
        source.failing.add("a/../b ü");
        order("a/../b ü", 3);
        order("{id}?x=1#f", 1);
        order("%2e%2e", 2);
        awaitSettled();
        assertThat(projected).isEqualTo(Map.of("{id}?x=1#f", 1L, "%2e%2e", 2L));
        assertThat(Broker.readAll(topic + "-" + topic + "-retry")).isNotEmpty().allSatisfy(message -> {
            assertThat(message.value()).isEqualTo("a/../b ü".getBytes(StandardCharsets.UTF_8));
            assertThat(message.key()).isEqualTo(message.value());
        });
        source.failing.clear();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(projected).isEqualTo(source.versions));

        source.versions.put("by/hand", 5L);
        assertThat(operations().trigger("by/hand")).isEqualTo("by%2Fhand is queried.");
        await().atMost(PATIENCE).until(() -> projected.containsKey("by/hand"));
    }

    @Test
    void deadLetteredTriggerIsReplayedAsTrigger() throws Exception {
        start(new FromJson(projected), ThingsApplication::permanent, DecoderIT::none);
        source.failing.add("o/1");
        order("o/1", 3);
        send("{\"order\":{\"id\":{}}}");
        awaitSettled();
        assertThat(Broker.read(topic + "-dlt", 2)).anySatisfy(letter -> {
            assertThat(text(letter, "triggerquery-dead-letter")).isEqualTo("trigger");
            assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo("o/1");
        });
        source.failing.clear();
        assertThat(operations().replay()).isEqualTo("1 sent again, 1 without a valid id, 0 of other groups.");
        await().atMost(PATIENCE).until(() -> projected.containsKey("o/1"));
    }

    @Test
    void deadLetteredRecordIsReplayedThroughDecoder() throws Exception {
        var knows = new AtomicBoolean();
        start(
                new OwnDecoder(projected),
                DecoderIT::noRule,
                message ->
                        knows.get() ? Decoded.id("a", message.value().length) : Decoded.invalid("an unknown format"));
        source.versions.put("a", 9L);
        send("anything");
        awaitSettled();
        ConsumerRecord<byte[], byte[]> letter = Broker.read(topic + "-dlt", 1).get(0);
        assertThat(text(letter, "triggerquery-dead-letter")).isEqualTo("record");
        assertThat(text(letter, "kafka_dlt-exception-message")).isEqualTo("an unknown format");
        knows.set(true);
        assertThat(operations().replay()).isEqualTo("1 sent again, 0 without a valid id, 0 of other groups.");
        await().atMost(PATIENCE).until(() -> projected.containsKey("a"));
    }

    record PlainIds(Map<String, Long> projected) {

        @TriggerQueryListener(
                topics = "${things.topic}",
                source = ThingSource.class,
                idFrom = "json:/order/id",
                versionFrom = "json:/order/version")
        void project(Thing thing) {
            projected.put(thing.id(), thing.version());
        }
    }

    @Test
    void deferredTriggerNoLongerPermittedIsDeadLetteredAsTrigger() throws Exception {
        String retryTopic = topic + "-" + topic + "-retry";
        source.versions.put("o/1", 3L);
        start(new PlainIds(projected), DecoderIT::noRule, DecoderIT::none);
        Broker.send(retryTopic, "o/1", Map.of("triggerquery-version", "2", "triggerquery-failures", "5"));
        await().atMost(PATIENCE).until(() -> Broker.count(topic + "-dlt") > 0);
        ConsumerRecord<byte[], byte[]> letter = Broker.read(topic + "-dlt", 1).get(0);
        assertThat(text(letter, "triggerquery-dead-letter")).isEqualTo("trigger");
        assertThat(text(letter, "triggerquery-version")).isEqualTo("2");
        assertThat(text(letter, "kafka_dlt-exception-message"))
                .startsWith("the deferred trigger can no longer be processed: the id is invalid");
        application.close();

        start(new FromJson(projected), DecoderIT::noRule, DecoderIT::none);
        assertThat(operations().replay()).isEqualTo("1 sent again, 0 without a valid id, 0 of other groups.");
        await().atMost(PATIENCE).until(() -> projected.containsKey("o/1"));
    }

    @Test
    void truncatedDeadLetterIsReportedByReplay() throws Exception {
        start(new FromJson(projected), DecoderIT::noRule, DecoderIT::none);
        Broker.send(topic, 0, new byte[1_048_500]);
        awaitSettled();
        Broker.read(topic + "-dlt", 1);
        assertThat(operations().replay())
                .isEqualTo("0 sent again, 0 without a valid id, 1 truncated, 0 of other groups.");
    }

    private static String text(ConsumerRecord<byte[], byte[]> message, String header) {
        return new String(message.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }
}

package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.it.ThingsApplication.Thing;
import io.triggerquery.consumer.it.ThingsApplication.ThingSource;
import io.triggerquery.consumer.it.ThingsApplication.Things;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.listener.RecordInterceptor;

/** The complete way of a trigger, with a real broker, real HTTP and spring-kafka's own container. */
class TriggerQueryListenerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String topic = "things-" + UUID.randomUUID();
    private final SourceServer source = new SourceServer();
    private final Things things = new Things();
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
        application = ThingsApplication.start(things, settings());
    }

    private Map<String, String> settings() {
        return new HashMap<>(Map.of(
                "things.topic",
                topic,
                "spring.kafka.bootstrap-servers",
                Broker.address(),
                "spring.kafka.consumer.group-id",
                topic,
                "triggerquery.sources.things.url",
                source.url()));
    }

    private void change(String id) {
        source.versions.merge(id, 1L, Long::sum);
        Broker.trigger(topic, id);
    }

    private void awaitConverged() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(things.versions).isEqualTo(source.versions));
    }

    private void awaitLag(long lag) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Broker.lag(topic, topic)).isEqualTo(lag));
    }

    @Test
    void projectsEveryIdAndCommits() {
        IntStream.range(0, 500).forEach(i -> change("thing-" + i));
        start();
        IntStream.range(0, 500).forEach(i -> change("thing-" + i % 50));
        awaitConverged();
        awaitLag(0);
    }

    @Test
    void stuckIdDelaysNoOthersAndRecoversWithoutRestart() throws Exception {
        start();
        change("before");
        awaitConverged();
        awaitLag(0);
        source.failing.add("stuck");
        byte[] stuck = "stuck".getBytes(StandardCharsets.UTF_8);
        source.versions.put("stuck", 1L);
        Broker.send(topic, 0, stuck);
        for (int i = 0; i < 200; i++) {
            source.versions.put("thing-" + i, 1L);
            Broker.send(topic, i % Broker.PARTITIONS, ("thing-" + i).getBytes(StandardCharsets.UTF_8));
        }
        await().atMost(PATIENCE).until(() -> things.versions.size() == 201);
        assertThat(things.versions).doesNotContainKey("stuck");
        long behindStuck = 1
                + IntStream.range(0, 200)
                        .filter(i -> i % Broker.PARTITIONS == 0)
                        .count();
        awaitLag(behindStuck);

        source.failing.clear();
        awaitConverged();
        awaitLag(0);
    }

    @Test
    void invalidMessagesAreDeadLetteredAndDelayNothing() throws Exception {
        start();
        List<byte[]> bad = List.of(
                new byte[0],
                "x".repeat(1_000_000).getBytes(StandardCharsets.UTF_8),
                "{\"id\":\"a\",\"billed\":true}".getBytes(StandardCharsets.UTF_8),
                new byte[] {(byte) 0xC3, (byte) 0x28},
                "../admin".getBytes(StandardCharsets.UTF_8),
                "a?b=c".getBytes(StandardCharsets.UTF_8),
                "a\nb".getBytes(StandardCharsets.UTF_8),
                "..".getBytes(StandardCharsets.UTF_8));
        for (byte[] value : bad) {
            Broker.send(topic, 0, value);
        }
        change("good");
        source.versions.put("behind", 1L);
        Broker.send(topic, 0, "behind".getBytes(StandardCharsets.UTF_8));
        awaitConverged();
        awaitLag(0);

        List<ConsumerRecord<byte[], byte[]>> dead = Broker.read(topic + "-dlt", bad.size());
        assertThat(dead).extracting(ConsumerRecord::value).containsExactlyInAnyOrderElementsOf(bad);
        assertThat(dead)
                .extracting(record -> header(record, "kafka_dlt-exception-message"))
                .anyMatch(reason -> reason.contains("is empty"))
                .anyMatch(reason -> reason.contains("has 1000000 bytes"))
                .anyMatch(reason -> reason.contains("is JSON"))
                .anyMatch(reason -> reason.contains("U+FFFD"))
                .anyMatch(reason -> reason.contains("'/'"))
                .anyMatch(reason -> reason.contains("'?'"))
                .anyMatch(reason -> reason.contains("U+000A"));
        assertThat(dead).allSatisfy(message -> {
            assertThat(header(message, "kafka_dlt-original-topic")).isEqualTo(topic);
            assertThat(header(message, "kafka_dlt-original-consumer-group")).isEqualTo(topic);
        });
    }

    private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Test
    void messageTooLargeForItsDeadLetterIsTruncated() throws Exception {
        start();
        byte[] largest = new byte[1_048_500];
        Broker.send(topic, 0, largest);
        change("good");
        awaitConverged();
        awaitLag(0);
        ConsumerRecord<byte[], byte[]> dead = Broker.read(topic + "-dlt", 1).get(0);
        assertThat(dead.value()).hasSize(64 * 1024);
        assertThat(header(dead, "triggerquery-full-length")).isEqualTo("1048500");
    }

    @Test
    void outageCausesFewQueries() {
        var circuits = CircuitBreakerRegistry.ofDefaults();
        var probes = new AtomicInteger();
        circuits.getEventPublisher()
                .onEntryAdded(added -> added.getAddedEntry()
                        .getEventPublisher()
                        .onStateTransition(event -> probes.addAndGet(
                                event.getStateTransition().getToState() == CircuitBreaker.State.HALF_OPEN ? 1 : 0)));
        application = ThingsApplication.start(
                things, settings(), context -> context.registerBean(CircuitBreakerRegistry.class, () -> circuits));
        source.down = true;
        IntStream.range(0, 300).forEach(i -> change("thing-" + i));
        await().atMost(PATIENCE).until(() -> probes.get() >= 5);
        assertThat(source.queries)
                .as("300 ids wait; the open circuit permits a few probes")
                .hasValueLessThan(100);
        assertThat(things.versions).isEmpty();

        source.down = false;
        awaitConverged();
        awaitLag(0);
    }

    @Test
    void tooLargeAnswerFailsItsIdAlone() {
        Map<String, String> settings = settings();
        settings.put("triggerquery.sources.things.max-answer-size", "1KB");
        application = ThingsApplication.start(things, settings);
        source.paddingBytes = 5_000;
        change("a");
        await().atMost(PATIENCE).until(() -> source.queries.get() >= 2);
        assertThat(things.versions).isEmpty();
        source.paddingBytes = 0;
        awaitConverged();
    }

    @Test
    void applicationKafkaTransactionsDoNotCommitUnappliedTriggers() throws Exception {
        Map<String, String> settings = settings();
        settings.put("spring.kafka.producer.transaction-id-prefix", "tx-");
        application = ThingsApplication.start(things, settings);
        source.failing.add("a");
        change("a");
        change("b");
        await().atMost(PATIENCE).until(() -> things.versions.containsKey("b") && source.queries.get() >= 3);
        assertThat(Broker.lag(topic, topic)).isPositive();
        source.failing.clear();
        awaitConverged();
        awaitLag(0);
    }

    @Test
    void fatalInterceptorFailureDoesNotCommitRecord() throws Exception {
        var broken = new AtomicBoolean(true);
        var deliveries = new AtomicInteger();
        application = ThingsApplication.start(
                things,
                settings(),
                context -> context.registerBean(
                        "interceptor",
                        RecordInterceptor.class,
                        () -> (RecordInterceptor<Object, Object>) (message, consumer) -> {
                            deliveries.incrementAndGet();
                            if (broken.get()) {
                                throw new ClassCastException("as asked");
                            }
                            return message;
                        }));
        change("a");
        await().atMost(PATIENCE).until(() -> deliveries.get() >= 3);
        assertThat(Broker.lag(topic, topic)).isEqualTo(1);
        broken.set(false);
        awaitConverged();
        awaitLag(0);
    }

    @Test
    void largeMessageWithoutValueIsDeadLettered() throws Exception {
        start();
        Broker.send(topic, 0, new byte[1_048_480], null);
        change("good");
        awaitConverged();
        awaitLag(0);
        assertThat(Broker.read(topic + "-dlt", 1)).hasSize(1);
    }

    @Test
    void worksWithLazyBeans() {
        Map<String, String> settings = settings();
        settings.put("spring.main.lazy-initialization", "true");
        application = ThingsApplication.start(things, settings);
        change("a");
        awaitConverged();
    }

    static final class OneAtATime {

        final Set<String> done = ConcurrentHashMap.newKeySet();
        final AtomicInteger atWork = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();

        @TriggerQueryListener(topics = "${things.topic}", source = ThingSource.class, parallelism = "1")
        void project(Thing thing) {
            most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            Thread.yield();
            atWork.decrementAndGet();
            done.add(thing.id());
        }
    }

    @Test
    void listenerHasItsConfiguredConcurrency() {
        var oneAtATime = new OneAtATime();
        IntStream.range(0, 100).forEach(i -> change("thing-" + i));
        application = ThingsApplication.start(oneAtATime, settings());
        await().atMost(PATIENCE).until(() -> oneAtATime.done.size() == 100);
        assertThat(oneAtATime.most).hasValue(1);
    }
}

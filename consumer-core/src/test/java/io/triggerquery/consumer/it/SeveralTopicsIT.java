package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.FailureRule;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import io.triggerquery.consumer.internal.listener.ListenerReport;
import io.triggerquery.consumer.internal.listener.TriggerListeners;
import io.triggerquery.consumer.it.ThingsApplication.Thing;
import io.triggerquery.consumer.it.ThingsApplication.ThingSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** A listener of several topics on a real broker. */
class SeveralTopicsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String name = "several-" + UUID.randomUUID();
    private final String one = name + "-one";
    private final String other = name + "-other";
    private final SourceServer source = new SourceServer();
    private final Listener listener = new Listener();
    private ConfigurableApplicationContext application;

    static final class Listener {

        final List<String> calls = new CopyOnWriteArrayList<>();
        final Semaphore permits = new Semaphore(Integer.MAX_VALUE);

        @TriggerQueryListener(
                id = "several",
                topics = {"${one}", "${other}"},
                groupId = "${name}",
                source = ThingSource.class)
        void project(Trigger trigger, Thing thing) {
            calls.add(trigger.id() + " from " + trigger.topic());
            permits.acquireUninterruptibly();
        }
    }

    @BeforeEach
    void createTopics() throws Exception {
        Broker.create(one, 2);
        Broker.create(other, 5);
    }

    @AfterEach
    void close() {
        application.close();
        source.close();
    }

    private void start(FailureRule rule, String setting, String value) {
        application = ThingsApplication.start(
                listener,
                Map.of(
                        "name",
                        name,
                        "one",
                        one,
                        "other",
                        other,
                        "spring.kafka.bootstrap-servers",
                        Broker.address(),
                        "triggerquery.sources.things.url",
                        source.url(),
                        "triggerquery.listeners.several." + setting,
                        value),
                context -> context.registerBean(FailureRule.class, () -> rule));
    }

    private ListenerOperations operations() {
        return application.getBean(TriggerListeners.class).operations().get(0);
    }

    private void awaitSettled() {
        await().atMost(PATIENCE).until(() -> Broker.lag(one, name) == 0 && Broker.lag(other, name) == 0);
    }

    @Test
    void oneRoundSettlesAnIdInTwoTopics() throws Exception {
        source.versions.put("a", 1L);
        listener.permits.drainPermits();
        start(failure -> Optional.empty(), "max-batch", "10");
        // a rebalance after the last topic is found would redeliver open triggers
        await().atMost(PATIENCE)
                .until(() -> operations().report(0).join().partitions().size() == 2 + 5 + 5);
        byte[] trigger = "a".getBytes(StandardCharsets.UTF_8);
        Broker.send(one, 0, trigger);
        await().atMost(PATIENCE).until(() -> listener.calls.size() == 1);
        // both arrive while the first round runs
        Broker.send(one, 1, trigger);
        Broker.send(other, 0, trigger);
        await().atMost(PATIENCE).until(() -> open() == 3);
        listener.permits.release(2);
        awaitSettled();
        assertThat(listener.calls).hasSize(2);
        assertThat(source.queries).hasValue(2);
        assertThat(operations().report(0).join().topics()).containsExactly(one, other);
        // as many partitions as the larger topic
        assertThat(partitions("several-" + name + "-retry")).isEqualTo(5);
    }

    private int open() {
        return operations().report(0).join().partitions().stream()
                .mapToInt(ListenerReport.Partition::open)
                .sum();
    }

    private int partitions(String topic) {
        try (var admin = Broker.admin()) {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .size();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void invalidMessageGoesToDeadLetterTopicOfItsTopic() throws Exception {
        start(failure -> Optional.empty(), "max-batch", "10");
        Broker.send(one, 0, "{}".getBytes(StandardCharsets.UTF_8));
        Broker.send(other, 0, "[]".getBytes(StandardCharsets.UTF_8));
        awaitSettled();
        assertThat(Broker.readAll(one + "-dlt"))
                .extracting(SeveralTopicsIT::value)
                .containsExactly("{}");
        assertThat(Broker.readAll(other + "-dlt"))
                .extracting(SeveralTopicsIT::value)
                .containsExactly("[]");
    }

    @Test
    void triggerKeepsItsTopicThroughDeferralDeadLetterAndReplay() {
        var permanent = new CopyOnWriteArrayList<String>();
        source.failing.add("b");
        start(
                failure -> permanent.isEmpty() ? Optional.empty() : Optional.of(FailureKind.PERMANENT),
                "defer-after",
                "0s");
        Broker.trigger(other, "b");
        Broker.flush();
        String retryTopic = "several-" + name + "-retry";
        await().atMost(PATIENCE).until(() -> Broker.count(retryTopic) > 0);
        ConsumerRecord<byte[], byte[]> deferred = Broker.read(retryTopic, 1).get(0);
        assertThat(new String(
                        deferred.headers().lastHeader("triggerquery-topic").value(), StandardCharsets.UTF_8))
                .isEqualTo(other);
        permanent.add("from now on");
        await().atMost(PATIENCE).ignoreExceptions().until(() -> Broker.count(other + "-dlt") == 1);

        permanent.clear();
        source.failing.clear();
        source.versions.put("b", 2L);
        // the other topic has no dead-letter topic
        assertThat(operations().replay()).startsWith("1 sent again, 0 without a valid id");
        await().atMost(PATIENCE).until(() -> listener.calls.contains("b from " + other));
    }

    private static String value(ConsumerRecord<byte[], byte[]> message) {
        return new String(message.value(), StandardCharsets.UTF_8);
    }
}

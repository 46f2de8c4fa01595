package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.consumer.ResyncSource;
import io.triggerquery.consumer.it.ThingsApplication.Things;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.listener.RecordInterceptor;

/** Triggers deleted before they are read are logged as an error, counted by a meter, and found by a resync. */
@ExtendWith(OutputCaptureExtension.class)
class LossIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String topic = "lost-" + UUID.randomUUID();
    private final TopicPartition partition = new TopicPartition(topic, 0);
    private final SourceServer source = new SourceServer();
    private final Things things = new Things();
    private final Admin admin = Broker.admin();
    private Predicate<ConsumerRecord<?, ?>> filter = message -> true;
    private ConfigurableApplicationContext application;

    /** A resync source that lists everything on one page. */
    private record AllThings(String listener, SourceServer source) implements ResyncSource {

        @Override
        public Page page(String cursor) {
            return new Page(
                    source.versions.entrySet().stream()
                            .map(thing -> Entry.of(thing.getKey(), thing.getValue()))
                            .toList(),
                    null);
        }
    }

    @BeforeEach
    void createTopic() throws Exception {
        Broker.create(topic, 1);
    }

    @AfterEach
    void close() {
        stop();
        source.close();
        admin.close();
    }

    private void start(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "things.topic",
                topic,
                "spring.kafka.bootstrap-servers",
                Broker.address(),
                "spring.kafka.consumer.group-id",
                topic,
                "triggerquery.sources.things.url",
                source.url()));
        settings.putAll(more);
        application = ThingsApplication.start(things, settings, this::addResync);
        // the initial position is committed at once
        await().atMost(PATIENCE)
                .until(() -> admin.listConsumerGroupOffsets(topic)
                                .partitionsToOffsetAndMetadata()
                                .get()
                                .get(partition)
                        != null);
    }

    private void addResync(GenericApplicationContext context) {
        context.registerBean(ResyncSource.class, () -> new AllThings(topic, source));
        context.registerBean(
                RecordInterceptor.class, () -> (message, consumer) -> filter.test(message) ? message : null);
    }

    private void stop() {
        if (application != null) {
            application.close();
            application = null;
        }
    }

    private void change(int from, int to) {
        for (int i = from; i < to; i++) {
            source.versions.put("t-" + i, 1L);
            Broker.trigger(topic, "t-" + i);
        }
        Broker.flush();
    }

    private void awaitProjected(int count) {
        await().atMost(PATIENCE).until(() -> things.versions.size() == count);
    }

    private void awaitCommitted() {
        await().atMost(PATIENCE).until(() -> Broker.lag(topic, topic) == 0);
    }

    private void deleteRecords() throws Exception {
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(-1)))
                .all()
                .get();
    }

    private double lost() {
        return application
                .getBean(MeterRegistry.class)
                .get("triggerquery.lost")
                .counter()
                .count();
    }

    private MessageListenerContainer container() {
        return application.getBean(KafkaListenerEndpointRegistry.class).getListenerContainer(topic);
    }

    @Test
    void triggersDeletedDuringDowntimeAreReportedAndFoundByResync(CapturedOutput output) throws Exception {
        start(Map.of());
        change(0, 10);
        awaitProjected(10);
        awaitCommitted();
        stop();
        change(10, 310);
        deleteRecords();

        start(Map.of());
        awaitProjected(310);
        assertThat(lost()).isEqualTo(300);
        assertThat(output)
                .contains("300 offsets of " + partition + " were lost before they were read, from offset 10 on: the log"
                        + " begins after this group's position")
                .contains("A resync was requested, which finds the lost changes.");
    }

    @Test
    void triggersDeletedDuringPauseAreReportedEvenIfNoneIsLeft(CapturedOutput output) throws Exception {
        start(Map.of());
        change(0, 10);
        awaitProjected(10);
        awaitCommitted();
        container().pause();
        await().atMost(PATIENCE).until(container()::isContainerPaused);
        TimeUnit.SECONDS.sleep(2); // a running fetch may still return records
        change(10, 30);
        deleteRecords();
        container().resume();

        awaitProjected(30);
        assertThat(lost()).isEqualTo(20);
        assertThat(output).contains("20 offsets of " + partition + " were lost");
    }

    /** spring-kafka leaves the commit of filtered records to the listener, which never sees them. */
    @Test
    void filteredRecordsDeletedByRetentionAreNoLoss(CapturedOutput output) throws Exception {
        filter = message -> !new String((byte[]) message.value(), StandardCharsets.UTF_8).startsWith("t-1");
        start(Map.of());
        change(0, 20);
        awaitProjected(9);
        awaitCommitted();
        stop();
        deleteRecords();
        start(Map.of());
        TimeUnit.SECONDS.sleep(4); // positions are read once per second
        assertThat(lost()).isZero();
        assertThat(output).doesNotContain("were lost");
    }

    @Test
    void latestLosesEverythingUpToEnd(CapturedOutput output) throws Exception {
        start(Map.of("spring.kafka.consumer.auto-offset-reset", "latest"));
        change(0, 10);
        awaitProjected(10);
        awaitCommitted();
        stop();
        change(10, 30);
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(20)))
                .all()
                .get();

        start(Map.of("spring.kafka.consumer.auto-offset-reset", "latest"));
        awaitProjected(30);
        assertThat(output).contains("20 offsets of " + partition + " were lost");
    }

    @Test
    void topicRecreatedWhileReadingIsReported(CapturedOutput output) throws Exception {
        start(Map.of("spring.kafka.consumer.properties.metadata.max.age.ms", "1000"));
        change(0, 10);
        awaitProjected(10);
        awaitCommitted();
        admin.deleteTopics(Set.of(topic)).all().get();
        source.versions.put("only-listed", 1L);
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> Broker.create(topic, 1));

        await().atMost(PATIENCE).until(() -> things.versions.containsKey("only-listed"));
        assertThat(output).containsPattern("were lost before they were read.*the topic was deleted and created again");
    }

    /** The broker deletes the group's offsets together with the topic. */
    @Test
    void topicRecreatedDuringDowntimeIsReadFromItsBeginning(CapturedOutput output) throws Exception {
        start(Map.of());
        change(0, 10);
        awaitProjected(10);
        awaitCommitted();
        stop();
        admin.deleteTopics(Set.of(topic)).all().get();
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> Broker.create(topic, 1));
        change(10, 40);

        start(Map.of());
        awaitProjected(40);
        assertThat(output).doesNotContain("were lost");
    }

    @Test
    void expiredOffsetsAreReportedIfReadingWouldSkip(CapturedOutput output) throws Exception {
        var latest =
                Map.of("spring.kafka.consumer.auto-offset-reset", "latest", "triggerquery.defaults.defer-after", "0s");
        start(latest);
        source.failing.add("t-0");
        change(0, 10);
        awaitProjected(9);
        awaitCommitted();
        await().atMost(PATIENCE).until(() -> Broker.count(topic + "-" + topic + "-retry") > 0);
        stop();
        admin.deleteConsumerGroups(List.of(topic)).all().get();
        source.failing.clear();
        change(10, 30);

        start(latest);
        awaitProjected(30);
        assertThat(output)
                .contains("30 offsets of " + partition + " were lost")
                .contains("committed offsets no longer exist");
    }

    @Test
    void addedPartitionIsReadFromItsBeginningWithinAMinute(CapturedOutput output) throws Exception {
        start(Map.of(
                "spring.kafka.consumer.auto-offset-reset", "latest",
                "spring.kafka.consumer.properties.metadata.max.age.ms", "3000"));
        change(0, 10);
        awaitProjected(10);
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2))).all().get();
        source.versions.put("early", 1L);
        Broker.send(topic, 1, "early".getBytes());
        await().atMost(PATIENCE).until(() -> things.versions.containsKey("early"));
        assertThat(output).doesNotContain("were lost");
    }
}

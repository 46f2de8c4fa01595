package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.triggerquery.consumer.FailureRule;
import io.triggerquery.consumer.internal.letter.DeferredPage;
import io.triggerquery.consumer.internal.letter.Letter;
import io.triggerquery.consumer.internal.letter.LetterReasons;
import io.triggerquery.consumer.internal.letter.LetterRequest;
import io.triggerquery.consumer.internal.letter.LetterRun;
import io.triggerquery.consumer.internal.listener.ListenerOperationException;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import io.triggerquery.consumer.internal.listener.TriggerListeners;
import io.triggerquery.consumer.it.ThingsApplication.Things;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Dead letters and deferred triggers one by one, on a real broker. */
class LettersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** The number of letters, of which a hundredth is replayed by reason; 100,000 to measure. */
    private static final int MANY = Integer.getInteger("letters.count", 3_000);

    private final String topic = "things-" + UUID.randomUUID();
    private final String deadLetters = topic + "-dlt";
    private final SourceServer source = new SourceServer();
    private final Things things = new Things();
    private final Map<String, String> settings = ThingsApplication.settings(topic, source);
    private ConfigurableApplicationContext application;

    @BeforeEach
    void createTopic() throws Exception {
        Broker.create(topic);
        start(ThingsApplication::permanent);
    }

    private void start(FailureRule rule) {
        application = ThingsApplication.start(
                things, settings, context -> context.registerBean(FailureRule.class, () -> rule));
    }

    @AfterEach
    void close() {
        application.close();
        source.close();
    }

    private ListenerOperations operations() {
        return application.getBean(TriggerListeners.class).operations().get(0);
    }

    private static LetterRequest reason(String reason, String cursor) {
        return new LetterRequest(null, reason, null, null, null, cursor, null, null);
    }

    private static LetterRequest at(String positions) {
        return new LetterRequest(positions, null, null, null, null, null, null, null);
    }

    private List<Letter> open() {
        return operations().letters().list(LetterRequest.all(null)).letters();
    }

    /** A trigger that was dead-lettered by a listener of a group. */
    private void letter(String group, String reason, String id) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        var letter = new ProducerRecord<>(deadLetters, 0, bytes, bytes);
        Map.of(
                        "kafka_dlt-original-consumer-group",
                        group,
                        "kafka_dlt-exception-fqcn",
                        reason,
                        "kafka_dlt-exception-message",
                        "as asked",
                        "triggerquery-dead-letter",
                        "trigger")
                .forEach((name, value) -> letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        Broker.sendLater(letter);
    }

    @Test
    void lettersOfOneReasonAreReplayedAmongManyOthers() throws Exception {
        Broker.create(deadLetters, 1);
        for (int i = 0; i < MANY; i++) {
            letter(topic, i % 100 == 0 ? "a.Rare" : "a.Common", "id-" + i);
            if (i % 100 == 0) {
                source.versions.put("id-" + i, 1L);
            }
        }
        Broker.flush();
        long began = System.nanoTime();
        Map<String, Long> reasons = countReasons();
        long grouped = System.nanoTime();
        long replayed = replayAll("a.Rare");
        long ended = System.nanoTime();
        System.out.printf(
                "%d dead letters: grouped in %d ms, %d replayed by reason in %d ms%n",
                MANY, (grouped - began) / 1_000_000, replayed, (ended - grouped) / 1_000_000);
        assertThat(reasons)
                .containsExactlyInAnyOrderEntriesOf(Map.of("a.Common", MANY - MANY / 100L, "a.Rare", MANY / 100L));
        assertThat(replayed).isEqualTo(MANY / 100);
        await().atMost(PATIENCE).until(() -> things.versions.size() == MANY / 100);
        assertThatThrownBy(() -> operations().letters().replay(reason("a.Rare", null)))
                .as("none is left")
                .hasMessage("No such dead letter has the reason a.Rare. The reasons are: a.Common");
    }

    private Map<String, Long> countReasons() {
        Map<String, Long> counts = new HashMap<>();
        String cursor = null;
        do {
            LetterReasons reasons = operations().letters().reasons(LetterRequest.all(cursor));
            reasons.reasons().forEach(reason -> counts.merge(reason.reason(), reason.count(), Long::sum));
            cursor = reasons.scanned().cursor();
        } while (cursor != null);
        return counts;
    }

    private long replayAll(String reason) {
        long replayed = 0;
        String cursor = null;
        do {
            LetterRun run = operations().letters().replay(reason(reason, cursor));
            replayed += run.letters();
            cursor = run.scanned().cursor();
        } while (cursor != null);
        return replayed;
    }

    @Test
    void discardedLettersStayDiscardedAfterRestartAndFullReplay() throws Exception {
        source.failing.addAll(List.of("wrong", "right"));
        Broker.trigger(topic, "wrong", "7");
        Broker.send(topic, 0, "<b>no/id</b>".getBytes(StandardCharsets.UTF_8));
        await().atMost(PATIENCE).until(() -> Broker.lag(topic, topic) == 0);
        Broker.trigger(topic, "right");
        await().atMost(PATIENCE).until(() -> open().size() == 3);
        assertThat(open()).anySatisfy(letter -> {
            assertThat(letter.ids()).containsExactly("wrong");
            assertThat(letter.version()).isEqualTo(7);
            assertThat(letter.reason()).isEqualTo("feign.FeignException$InternalServerError");
            assertThat(letter.cause()).contains("[500");
            assertThat(letter.origin()).isNull();
        });
        assertThat(open()).anySatisfy(letter -> {
            assertThat(letter.ids()).isEmpty();
            assertThat(letter.reason()).isEqualTo("not-a-trigger");
            assertThat(letter.origin()).startsWith(topic + "-0@");
        });
        String position = open().stream()
                .filter(letter -> letter.ids().contains("wrong"))
                .findFirst()
                .orElseThrow()
                .position();
        assertThat(operations().letters().discard(at(position)).letters()).isEqualTo(1);
        application.close();
        source.failing.clear();
        source.versions.putAll(Map.of("wrong", 9L, "right", 1L));
        start(failure -> Optional.empty());
        assertThat(operations().letters().look(position, false).state()).isEqualTo("discarded");
        assertThat(operations().replay())
                .isEqualTo("1 sent again, 1 without a valid id, 1 replayed or discarded before, 0 of other groups.");
        await().atMost(PATIENCE).until(() -> things.versions.containsKey("right"));
        assertThat(things.versions).doesNotContainKey("wrong");
        assertThat(open()).isEmpty();
        assertThat(operations()
                        .letters()
                        .replay(new LetterRequest(position, null, null, null, null, null, null, "true"))
                        .letters())
                .as("as if discarded by mistake")
                .isEqualTo(1);
        await().atMost(PATIENCE).until(() -> things.versions.containsKey("wrong"));
    }

    @Test
    void foreignAndDeletedLettersAreNotReplayed() throws Exception {
        Broker.create(deadLetters, 1);
        letter(topic, "a.Failure", "gone");
        letter("another group", "a.Failure", "theirs");
        Broker.sendLater(new ProducerRecord<>(deadLetters, 0, null, null));
        letter(topic, "a.Failure", "mine");
        Broker.flush();
        assertThat(open()).extracting(Letter::position).containsExactly(deadLetters + "-0@0", deadLetters + "-0@3");
        try (var admin = Broker.admin()) {
            admin.deleteRecords(Map.of(new TopicPartition(deadLetters, 0), RecordsToDelete.beforeOffset(1)))
                    .all()
                    .get();
        }
        source.versions.putAll(Map.of("gone", 1L, "theirs", 1L, "mine", 1L));
        LetterRun run = operations().letters().replay(at("0@0-3"));
        assertThat(run.line("replayed")).isEqualTo("1 replayed, 3 not found; 3 records read.");
        await().atMost(PATIENCE).until(() -> things.versions.containsKey("mine"));
        assertThat(things.versions).hasSize(1);
        assertThatThrownBy(() -> operations().letters().look("0@1", true))
                .isInstanceOf(ListenerOperationException.class)
                .hasMessageContaining("is no dead letter of the group");
        assertThatThrownBy(() -> operations().letters().list(reason(null, "nonsense")))
                .isInstanceOf(ListenerOperationException.class)
                .hasMessageStartingWith("'nonsense' is not a position");
    }

    @Test
    void deferredTriggersAreListedAndRetriedOnRequest() throws Exception {
        application.close();
        settings.put("triggerquery.defaults.back-off.initial", "1h");
        settings.put("triggerquery.defaults.back-off.max", "1h");
        start(failure -> Optional.empty());
        assertThat(operations().letters().deferred(LetterRequest.all(null)).deferred())
                .isEmpty();
        String retryTopic = topic + "-" + topic + "-retry";
        Broker.send(retryTopic, "late", failed("503 of a stand-in"));
        DeferredPage page = operations().letters().deferred(LetterRequest.all(null));
        assertThat(page.deferred()).singleElement().satisfies(deferred -> {
            assertThat(deferred.id()).isEqualTo("late");
            assertThat(deferred.version()).isEqualTo(3);
            assertThat(deferred.failures()).isEqualTo(5);
            assertThat(deferred.cause()).isEqualTo("503 of a stand-in");
            assertThat(deferred.nextTry()).isEqualTo(deferred.deferredAt().plus(Duration.ofHours(1)));
        });
        source.versions.put("late", 3L);
        operations().trigger("late");
        await().atMost(PATIENCE).until(() -> things.versions.containsKey("late"));

        source.versions.put("later", 3L);
        source.failing.add("later"); // it may be retried at once, because the other has succeeded
        Broker.send(retryTopic, "later", failed("502 of a stand-in"));
        await().atMost(PATIENCE)
                .until(() -> operations().stuck(10).ids().stream()
                        .anyMatch(stuck -> stuck.id().equals("later")));
        source.failing.clear();
        assertThatThrownBy(() -> operations().retryAfter("504 of a stand-in"))
                .hasMessage("No id waits here for a later attempt after a failure with 504 of a stand-in.");
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> operations().retryAfter("50").endsWith("tried now."));
        await().atMost(PATIENCE).until(() -> things.versions.containsKey("later"));
    }

    private static Map<String, String> failed(String cause) {
        return Map.of(
                "triggerquery-version",
                "3",
                "triggerquery-failures",
                "5",
                "triggerquery-failing-since",
                Long.toString(System.currentTimeMillis() - 60_000),
                "triggerquery-cause",
                cause);
    }
}

package io.triggerquery.consumer.internal.kafka;

import static io.triggerquery.consumer.internal.kafka.LetterFixture.HANDLED;
import static io.triggerquery.consumer.internal.kafka.LetterFixture.LETTERS;
import static io.triggerquery.consumer.internal.kafka.LetterFixture.at;
import static io.triggerquery.consumer.internal.kafka.LetterFixture.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.internal.letter.Letter;
import io.triggerquery.consumer.internal.letter.LetterPage;
import io.triggerquery.consumer.internal.letter.LetterReasons;
import io.triggerquery.consumer.internal.letter.LetterRequest;
import io.triggerquery.consumer.internal.letter.LetterRun;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dead letters one by one, on topics in memory. */
class KafkaLettersTest {

    private final LetterFixture topics = new LetterFixture();
    private final KafkaLetters letters = topics.letters();

    @BeforeEach
    void manyRecordsPerPoll() {
        topics.pollRecords = 5;
    }

    private List<String> open() {
        return positions(letters.list(LetterRequest.all(null)));
    }

    private static List<String> positions(LetterPage page) {
        return page.letters().stream().map(Letter::position).toList();
    }

    private static LetterRequest page(String cursor, int limit) {
        return new LetterRequest(null, null, null, null, null, cursor, Integer.toString(limit), null);
    }

    private LetterPage handled() {
        return letters.list(new LetterRequest(null, null, null, null, null, null, null, "true"));
    }

    @Test
    void pagesHaveNeitherGapsNorRepetitions() {
        topics.letters(IntStream.range(0, 12).mapToObj(i -> "id-" + i).toArray(String[]::new));
        LetterPage first = letters.list(page(null, 7));
        assertThat(positions(first)).hasSize(7).last().isEqualTo("things-dlt-0@6");
        assertThat(first.scanned().cursor()).isEqualTo("things-dlt-0@7");
        assertThat(first.scanned().records()).isEqualTo(7);
        assertThat(first.scanned().left()).isEqualTo(5);
        LetterPage second = letters.list(page(first.scanned().cursor(), 7));
        assertThat(positions(second)).hasSize(5).first().isEqualTo("things-dlt-0@7");
        assertThat(second.scanned().complete()).isTrue();
    }

    @Test
    void requestEndsAtTimeLimitWithCursorToContinue() {
        topics.pollRecords = 1;
        topics.letters(IntStream.range(0, 25).mapToObj(i -> "id-" + i).toArray(String[]::new));
        LetterReasons first = letters.reasons(LetterRequest.all(null));
        assertThat(first.reasons().get(0).count()).isEqualTo(10);
        assertThat(first.scanned().cursor()).isEqualTo("things-dlt-0@10");
        LetterReasons second = letters.reasons(LetterRequest.all(first.scanned().cursor()));
        assertThat(second.scanned().cursor()).isEqualTo("things-dlt-0@20");
        LetterReasons third = letters.reasons(LetterRequest.all(second.scanned().cursor()));
        assertThat(third.reasons().get(0).count()).isEqualTo(5);
        assertThat(third.scanned().complete()).isTrue();
    }

    @Test
    void cursorBeyondEndReturnsNothingAndInvalidOneIsRejected() {
        topics.letters("a");
        LetterPage beyond = letters.list(page("things-dlt-0@999", 5));
        assertThat(beyond.letters()).isEmpty();
        assertThat(beyond.scanned().complete()).isTrue();
        assertThat(letters.list(page("things-dlt-7@3", 5)).letters())
                .as("a partition that does not exist does not affect the others")
                .hasSize(1);
        assertThatThrownBy(() -> letters.list(page("nonsense", 5))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> letters.list(page(null, 201)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit is not a number from 1 to 200");
    }

    @Test
    void lettersAreGroupedByReason() {
        topics.letters("a", "b");
        topics.letter("g", "another.Failure", "c");
        topics.letter("g", NotATriggerException.class.getName(), "d");
        topics.letter("others", "foreign.Failure", "e");
        LetterReasons reasons = letters.reasons(LetterRequest.all(null));
        assertThat(reasons.reasons())
                .extracting(LetterReasons.Reason::reason, LetterReasons.Reason::count)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a.Failure", 2L),
                        org.assertj.core.groups.Tuple.tuple("another.Failure", 1L),
                        org.assertj.core.groups.Tuple.tuple("not-a-trigger", 1L));
        assertThat(reasons.scanned().ofOthers()).isEqualTo(1);
        assertThat(reasons.reasons().get(0).example()).isEqualTo("things-dlt-0@1");
    }

    @Test
    void lettersOfOneReasonAreReplayedOnce() {
        topics.letters("a");
        topics.letter("g", "another.Failure", "b");
        topics.letters("c");
        LetterRun run = letters.replay(reason("a.Failure"));
        assertThat(run.letters()).isEqualTo(2);
        assertThat(topics.sent).containsExactly("a", "c");
        assertThat(run.line("replayed")).isEqualTo("2 replayed; 3 records read.");
        assertThat(open()).containsExactly("things-dlt-0@1");
        assertThat(letters.replay(at("0@0")).line("replayed"))
                .isEqualTo("0 replayed, 1 handled before; 1 records read.");
        assertThat(topics.sent).hasSize(2);
    }

    @Test
    void interruptedReplayRepeatsSomeLettersAndLosesNone() {
        topics.letters("a", "b");
        var failing = new KafkaLetters(
                topics.scan,
                triggers -> {
                    topics.send(triggers);
                    throw new KafkaException("cut");
                },
                null);
        assertThatThrownBy(() -> failing.replay(reason("a.Failure"))).hasMessage("cut");
        assertThat(open()).hasSize(2);
        letters.replay(reason("a.Failure"));
        assertThat(topics.sent).containsExactly("a", "b", "a", "b");
        assertThat(open()).isEmpty();
    }

    @Test
    void concurrentOperatorsLoseNoMark() throws Exception {
        topics.letters("a", "b", "c");
        HandledLettersTopic handled = topics.scan.handled();
        handled.require();
        var consumer = topics.scan.topics().consumer();
        HandledLettersTopic.Loaded one =
                handled.load(consumer, topics.scan.topics().partitions());
        HandledLettersTopic.Loaded other =
                handled.load(consumer, topics.scan.topics().partitions());
        handled.add(LetterState.DISCARDED, Map.of(LETTERS, List.of(0L)), one);
        handled.add(LetterState.DISCARDED, Map.of(LETTERS, List.of(0L, 2L)), other);
        assertThat(topics.records.get(HANDLED))
                .extracting(message -> new String(message.key(), StandardCharsets.UTF_8))
                .as("compaction keeps both")
                .doesNotHaveDuplicates();
        assertThat(open()).containsExactly("things-dlt-0@1");
    }

    @Test
    void letterThatCannotBeReplayedStaysOpenUntilDiscarded() {
        topics.letters("broken", "ä?", "a");
        LetterRun run = letters.replay(reason("a.Failure"));
        assertThat(run.letters()).isEqualTo(1);
        assertThat(run.notReplayed().undecodable()).isEqualTo(1);
        assertThat(run.notReplayed().withoutId()).isEqualTo(1);
        assertThat(run.notReplayed().failure()).contains("broken");
        assertThat(open()).containsExactly("things-dlt-0@0", "things-dlt-0@1");
        assertThat(letters.discard(at("0@0-1")).letters()).isEqualTo(2);
        assertThat(open()).isEmpty();
        assertThat(handled().letters()).extracting(Letter::state).containsExactly("discarded", "discarded", "replayed");
    }

    @Test
    void discardRequiresSelection() {
        assertThatThrownBy(() -> letters.discard(LetterRequest.all(null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name what is to be discarded: letters, reason, id, since or until");
        assertThatThrownBy(() -> letters.discard(at("0@0-999999")))
                .hasMessageStartingWith("letters selects 1000000 positions; at most 10000 are allowed");
    }

    @Test
    void unknownReasonIsRejectedWithKnownReasons() {
        topics.letters("a");
        assertThatThrownBy(() -> letters.replay(reason("a.Failur")))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("No such dead letter has the reason a.Failur. The reasons are: a.Failure");
        assertThatThrownBy(() -> letters.list(reason("a.Failur"))).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void lettersAreFoundByTimeAndById() {
        topics.letters("a", "b", "a", "c");
        assertThat(positions(letters.list(new LetterRequest(
                        null, null, null, "1970-01-01T00:00:01Z", "1970-01-01T00:00:03Z", null, null, null))))
                .containsExactly("things-dlt-0@1", "things-dlt-0@2");
        assertThat(positions(letters.list(new LetterRequest(null, null, "a", null, null, null, null, null))))
                .containsExactly("things-dlt-0@0", "things-dlt-0@2");
        assertThat(positions(letters.list(
                        new LetterRequest(null, null, null, "2026-01-01T00:00:00Z", null, null, null, null))))
                .isEmpty();
        assertThatThrownBy(() -> letters.list(new LetterRequest(null, null, null, "yesterday", null, null, null, null)))
                .hasMessage("since is not a time such as 2026-03-31T03:00:00Z");
    }

    @Test
    void letterDeletedByRetentionIsNotFound() {
        topics.letters("a", "b", "c");
        topics.beginnings.put(LETTERS, 1L);
        LetterRun run = letters.replay(at("0@0,2,17"));
        assertThat(run.letters()).isEqualTo(1);
        assertThat(run.notFound()).isEqualTo(2);
        assertThat(topics.sent).containsExactly("c");
        assertThatThrownBy(() -> letters.look("0@0", true))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("There is no dead letter at things-dlt-0@0. Retention may have deleted it.");
    }

    @Test
    void letterOfAnotherGroupIsIgnored() {
        topics.letter("others", "a.Failure", "a");
        topics.add(LETTERS, null, null, new RecordHeaders());
        assertThat(letters.replay(at("0@0-1")).letters()).isZero();
        assertThat(topics.sent).isEmpty();
        assertThatThrownBy(() -> letters.look("0@0", true))
                .hasMessage("The record at things-dlt-0@0 is no dead letter of the group g.");
    }

    @Test
    void letterSkippedByFullReplayCanBeSelected() throws Exception {
        topics.letters("broken", "a");
        new DeadLetterReplay(topics.scan, topics::send).run(java.time.Duration.ofSeconds(30));
        assertThat(open()).isEmpty();
        assertThat(handled().letters()).extracting(Letter::state).containsExactly("passed", "passed");
        assertThat(letters.discard(at("0@0")).letters()).isEqualTo(1);
        assertThat(letters.look("0@0", false).state()).isEqualTo("discarded");
    }

    @Test
    void valueAndApplicationHeadersAreHidden() {
        topics.letters("a");
        topics.records.get(LETTERS).get(0).headers().add("token", "secret".getBytes(StandardCharsets.UTF_8));
        Letter.Content hidden = letters.look("0@0", false).content();
        assertThat(hidden.value()).isNull();
        assertThat(hidden.valueBytes()).isEqualTo(1);
        assertThat(hidden.headers())
                .containsEntry("kafka_dlt-exception-fqcn", "a.Failure")
                .containsEntry("token", null);
        Letter.Content shown = letters.look("0@0", true).content();
        assertThat(shown.value()).isEqualTo("a");
        assertThat(shown.headers()).containsEntry("token", "secret");
    }

    @Test
    void marksOfRecreatedTopicHideNothingAndAreRemoved() {
        topics.letters("a", "b");
        letters.discard(at("0@0"));
        topics.topicId = new Uuid(2, 2);
        assertThat(open()).as("a new letter at an offset that was discarded").hasSize(2);
        letters.discard(at("0@1"));
        assertThat(topics.records.get(HANDLED)).last().satisfies(removal -> {
            assertThat(removal.value()).isNull();
            assertThat(removal.key())
                    .isEqualTo(topics.records.get(HANDLED).get(0).key());
        });
    }

    @Test
    void selectionOfOnePartitionKeepsMarksOfOthers() {
        topics.letters("a");
        TopicPartition other = new TopicPartition("things-dlt", 1);
        var headers = topics.records.get(LETTERS).get(0).headers().toArray();
        topics.add(other, null, "b".getBytes(StandardCharsets.UTF_8), new RecordHeaders(headers));
        assertThat(letters.discard(at("0@0")).letters()).isEqualTo(1);
        assertThat(letters.discard(at("1@0")).letters()).isEqualTo(1);
        assertThat(topics.records.get(HANDLED))
                .allSatisfy(mark -> assertThat(mark.value()).isNotNull());
        assertThat(open()).isEmpty();
    }

    @Test
    void marksOfTemporarilyUnknownTopicAreKept() {
        topics.letters("a");
        letters.discard(at("0@0"));
        var mark = HandledMark.of(topics.records.get(HANDLED).get(0), List.of("things-dlt"));
        assertThat(mark.isObsolete(Map.of(), Map.of())).isFalse();
        assertThat(mark.isObsolete(Map.of(LETTERS, topics.topicId), Map.of(LETTERS, 0L)))
                .isFalse();
        assertThat(mark.isObsolete(Map.of(LETTERS, topics.topicId), Map.of(LETTERS, 1L)))
                .as("its letters were deleted by retention")
                .isTrue();
    }

    @Test
    void foreignAndNewerRecordsInMarksTopicAreIgnored() {
        topics.letters("a");
        for (String value : List.of(
                "",
                "nonsense",
                "2 discarded",
                "archived " + topics.topicId + " things-dlt-0@0",
                "discarded x things-dlt-0@0",
                "discarded " + topics.topicId + " others-0@0",
                "discarded " + topics.topicId + " things-dlt-0@0-99999999999")) {
            topics.add(HANDLED, null, value.getBytes(StandardCharsets.UTF_8), new RecordHeaders());
        }
        topics.add(HANDLED, null, null, new RecordHeaders());
        assertThat(open()).hasSize(1);
    }

    @Test
    void selectedReplayRequiresMarksTopic() {
        topics.letters("a");
        topics.creatable = false;
        assertThatThrownBy(() -> letters.replay(at("0@0")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "the topic g-triggerquery-letters does not exist and cannot be created. Create it,"
                                + " with cleanup.policy=compact and one partition");
        assertThat(topics.sent).isEmpty();
        assertThat(open()).hasSize(1);
    }
}

package io.triggerquery.consumer.internal.kafka;

import static io.triggerquery.consumer.internal.kafka.LetterFixture.LETTERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A replay of all dead letters, with polls of one dead letter that take a second each. */
class DeadLetterReplayTest {

    private final LetterFixture topics = new LetterFixture();
    private final DeadLetterReplay replay = new DeadLetterReplay(topics.scan, topics::send);

    private DeadLetterReplay.Result run(int seconds) throws InterruptedException {
        return replay.run(Duration.ofSeconds(seconds));
    }

    @Test
    void undecodableLetterIsSkippedIfAnotherIsDecoded() throws Exception {
        topics.letters("broken 1", "a", "broken 2", "b");
        DeadLetterReplay.Result result = run(30);
        assertThat(result.replayed()).isEqualTo(2);
        assertThat(result.undecodable()).isEqualTo(2);
        assertThat(result.failure()).isEqualTo("the decoder failed for things-dlt-0@2: java.io.IOException: broken 2");
        assertThat(result.complete()).isTrue();
        assertThat(topics.sent).containsExactly("a", "b");
        assertThat(topics.committed).containsEntry(LETTERS, 4L);
    }

    @Test
    void timeLimitEndsReplayAndTheNextContinuesThere() throws Exception {
        topics.letters("a", "b", "c");
        DeadLetterReplay.Result first = run(2);
        assertThat(first.replayed()).isEqualTo(2);
        assertThat(first.complete()).isFalse();
        assertThat(first.scanned().left()).isEqualTo(1);
        DeadLetterReplay.Result second = run(2);
        assertThat(second.replayed()).isEqualTo(1);
        assertThat(second.complete()).isTrue();
        assertThat(topics.sent).containsExactly("a", "b", "c");
    }

    @Test
    void lettersAreRetriedIfNoneIsDecodedWithinTimeLimit() {
        topics.letters("broken 1", "broken 2", "broken 3", "a");
        for (int runs = 0; runs < 2; runs++) {
            assertThatThrownBy(() -> run(2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the decoder failed for 2 dead letters and succeeded for none; the next replay tries"
                            + " them again. The last failure: the decoder failed for things-dlt-0@1:"
                            + " java.io.IOException: broken 2");
        }
        assertThat(topics.committed).isEmpty();
    }

    @Test
    void failureOfEarlierReplayIsNotReportedAgain() throws Exception {
        topics.letters("broken 1", "a");
        run(30);
        topics.letters("b");
        assertThat(run(30).failure()).isNull();
    }

    @Test
    void replayOfEmptyTopicIsComplete() throws Exception {
        DeadLetterReplay.Result result = run(30);
        assertThat(result.replayed()).isZero();
        assertThat(result.complete()).isTrue();
    }

    @Test
    void discardedAndSinglyReplayedLettersAreOmitted() throws Exception {
        topics.letters("a", "b", "c", "d");
        topics.letters().discard(LetterFixture.at("0@1"));
        topics.letters().replay(LetterFixture.at("0@2"));
        topics.sent.clear();
        DeadLetterReplay.Result result = run(30);
        assertThat(topics.sent).containsExactly("a", "d");
        assertThat(result.scanned().handled()).isEqualTo(2);
    }
}

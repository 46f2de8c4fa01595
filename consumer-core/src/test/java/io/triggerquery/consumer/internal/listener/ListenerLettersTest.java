package io.triggerquery.consumer.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.letter.DeferredPage;
import io.triggerquery.consumer.internal.letter.DeferredTrigger;
import io.triggerquery.consumer.internal.letter.Letter;
import io.triggerquery.consumer.internal.letter.LetterOperations;
import io.triggerquery.consumer.internal.letter.LetterPage;
import io.triggerquery.consumer.internal.letter.LetterReasons;
import io.triggerquery.consumer.internal.letter.LetterRequest;
import io.triggerquery.consumer.internal.letter.LetterRun;
import io.triggerquery.consumer.internal.letter.Scanned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** The reported failures and times of the next retry. */
class ListenerLettersTest {

    private static final Scanned ALL = new Scanned(5, 0, 0, 0, null);
    private static final Instant NOON = Instant.parse("2026-03-31T12:00:00Z");

    private final Letters stored = new Letters();
    private final ListenerLetters letters =
            new ListenerLetters("bills", stored, new FractionalBackOff(Duration.ofSeconds(1), Duration.ofMinutes(5)));

    @Test
    void failuresAreReportedWithReason() {
        assertThat(reasonOf(new IllegalArgumentException("nonsense")))
                .isEqualTo(ListenerOperationException.Reason.INVALID);
        assertThat(reasonOf(new NoSuchElementException("gone"))).isEqualTo(ListenerOperationException.Reason.UNKNOWN);
        assertThat(reasonOf(new IllegalStateException("no answer")))
                .isEqualTo(ListenerOperationException.Reason.UNAVAILABLE);
    }

    private ListenerOperationException.Reason reasonOf(RuntimeException failure) {
        stored.failure = failure;
        try {
            letters.look("0@5", false);
            throw new AssertionError("it did not fail");
        } catch (ListenerOperationException translated) {
            return translated.reason();
        }
    }

    @Test
    void deferredTriggerIsRetriedAfterATwentiethOfItsFailingTime() {
        stored.failingSince = NOON.minusSeconds(400);
        assertThat(nextTry(3)).isEqualTo(NOON.plusSeconds(20));
        assertThat(nextTry(0)).as("one that has never failed").isEqualTo(NOON);
        stored.failingSince = NOON.plusSeconds(400);
        assertThat(nextTry(3)).as("with clocks that differ").isEqualTo(NOON.plusSeconds(1));
    }

    private Instant nextTry(int failures) {
        stored.failures = failures;
        return letters.deferred(LetterRequest.all(null)).deferred().get(0).nextTry();
    }

    private static final class Letters implements LetterOperations {

        private RuntimeException failure;
        private Instant failingSince = NOON;
        private int failures;

        @Override
        public LetterPage list(LetterRequest request) {
            return new LetterPage(List.of(), ALL);
        }

        @Override
        public LetterReasons reasons(LetterRequest request) {
            return new LetterReasons(List.of(), 0, ALL);
        }

        @Override
        public Letter look(String position, boolean showStates) {
            throw failure;
        }

        @Override
        public LetterRun replay(LetterRequest request) {
            return new LetterRun(3, 3, null, 0, ALL);
        }

        @Override
        public LetterRun discard(LetterRequest request) {
            if (failure != null) {
                throw failure;
            }
            return new LetterRun(3, 0, null, 0, ALL);
        }

        @Override
        public DeferredPage deferred(LetterRequest request) {
            return new DeferredPage(
                    List.of(new DeferredTrigger(
                            "a", null, "things", failures, failingSince, NOON, null, null, "things-retry-0@0")),
                    ALL);
        }
    }
}

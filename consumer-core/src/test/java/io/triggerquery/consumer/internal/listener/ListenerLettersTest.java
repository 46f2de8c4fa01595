package io.triggerquery.consumer.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is logged for audits, and how failures and next tries are reported. */
class ListenerLettersTest {

    private static final Scanned ALL = new Scanned(5, 0, 0, 0, null);
    private static final Instant NOON = Instant.parse("2026-03-31T12:00:00Z");

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.triggerquery.audit");
    private final Letters stored = new Letters();
    private final ListenerLetters letters =
            new ListenerLetters("bills", stored, new FractionalBackOff(Duration.ofSeconds(1), Duration.ofMinutes(5)));

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
    }

    private List<String> audited() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static LetterRequest reason(String reason) {
        return new LetterRequest(null, reason, null, null, null, null, null, null);
    }

    @Test
    void aChangeIsLoggedWithItsSelectionAndItsResult() {
        letters.discard(reason("a.Failure\nforged: line"));
        letters.replay(new LetterRequest("0@5", null, null, null, null, null, null, null));
        letters.list(reason("a.Failure"));
        assertThat(audited())
                .containsExactly(
                        "bills: discard reason=a.Failure forged: line: 3 discarded; 5 records read.",
                        "bills: replay letters=0@5: 3 replayed; 5 records read.");
    }

    @Test
    void aChangeThatFailsIsLoggedToo() {
        stored.failure = new IllegalStateException("the broker does not answer");
        assertThatThrownBy(() -> letters.discard(reason("a.Failure"))).isInstanceOf(ListenerOperationException.class);
        assertThat(audited())
                .containsExactly("bills: discard reason=a.Failure: The request failed:"
                        + " java.lang.IllegalStateException: the broker does not answer");
    }

    @Test
    void failuresSayWhoseTheyAre() {
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
    void aDeferredTriggerIsTriedNextAfterATwentiethOfTheTimeThatItHasFailed() {
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

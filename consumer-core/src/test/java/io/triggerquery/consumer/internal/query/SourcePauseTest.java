package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.failure.FailureSummary;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A source that answers no id, or that requests a pause, is not called for a while. */
class SourcePauseTest {

    private final QueryHarness harness = new QueryHarness();

    @Test
    void expiredCredentialOpensCircuitAfterFiveCalls() {
        for (int call = 0; call < 5; call++) {
            harness.fail("id-" + call, 0, RetryAfterTest.status(401, Map.of()));
        }
        assertThat(harness.circuit.getState()).isEqualTo(State.OPEN);
        assertThat(harness.ask("other", 0)).isInstanceOf(Answer.Refused.class);
        assertThat(harness.calls).isEqualTo(5);
        harness.advance(Duration.ofMillis(101));
        harness.failures.add(RetryAfterTest.status(401, Map.of()));
        assertThat(harness.ask("probe", 1)).as("not a failure of the id").isInstanceOf(Answer.Refused.class);
    }

    @Test
    void pausesForRetryAfter() {
        harness.fail("a", 0, RetryAfterTest.status(429, Map.of("Retry-After", "3")));
        assertThat(harness.ask("b", 0)).isEqualTo(new Answer.Refused<>(Duration.ofSeconds(3)));
        harness.advance(Duration.ofSeconds(2));
        assertThat(harness.ask("b", 0)).isEqualTo(new Answer.Refused<>(Duration.ofSeconds(1)));
        harness.advance(Duration.ofSeconds(1));
        assertThat(harness.ask("b", 0)).isInstanceOf(Answer.Given.class);
        assertThat(harness.calls).isEqualTo(2);
    }

    @Test
    void tooManyRequestsPausesEvenForEarlierFailedId() {
        harness.fail("a", 0, RetryAfterTest.status(500, Map.of()));
        harness.fail("a", 1, RetryAfterTest.status(429, Map.of("Retry-After", "3")));
        assertThat(harness.ask("b", 0)).isEqualTo(new Answer.Refused<>(Duration.ofSeconds(3)));
    }

    @Test
    void secondConsecutiveIdWithRetryAfterPauses() {
        harness.fail("a", 0, RetryAfterTest.status(503, Map.of("Retry-After", "3")));
        assertThat(harness.ask("b", 0)).as("it may concern one id only").isInstanceOf(Answer.Given.class);
        harness.fail("c", 0, RetryAfterTest.status(503, Map.of("Retry-After", "3")));
        harness.fail("d", 0, RetryAfterTest.status(503, Map.of("Retry-After", "3")));
        assertThat(harness.ask("e", 0)).isEqualTo(new Answer.Refused<>(Duration.ofSeconds(3)));
        assertThat(harness.circuit.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void oneIdWithRetryAfterDoesNotDelayOthers() {
        for (int round = 0; round < 100; round++) {
            harness.fail("bad", round, RetryAfterTest.status(503, Map.of("Retry-After", "3")));
            assertThat(harness.ask("good", 0)).isInstanceOf(Answer.Given.class);
        }
        assertThat(harness.calls)
                .as("none is repeated at once, as the source has requested")
                .isEqualTo(200);
    }

    @Test
    void probeWithRetryAfterIsPostponed() {
        harness.circuit.transitionToOpenState();
        harness.advance(Duration.ofSeconds(1));
        harness.failures.add(RetryAfterTest.status(503, Map.of("Retry-After", "5")));
        assertThat(harness.ask("probe", 3)).isInstanceOf(Answer.Refused.class);
        harness.advance(Duration.ofSeconds(4));
        assertThat(harness.ask("early", 0)).isEqualTo(new Answer.Refused<>(Duration.ofSeconds(1)));
        assertThat(harness.calls).isOne();
    }

    @Test
    void answerBeyondMemoryBudgetIsNotAFailure() {
        for (int call = 0; call < 20; call++) {
            harness.failures.add(new AnswerMemoryException("/things/a"));
            assertThat(harness.ask("id-" + call, 0)).isInstanceOf(Answer.Refused.class);
        }
        assertThat(harness.circuit.getMetrics().getNumberOfBufferedCalls()).isZero();
        assertThat(harness.circuit.getState()).isEqualTo(State.CLOSED);
    }

    /** Resilience4j's own event consumers keep the last hundred events. */
    @Test
    void circuitEventsRetainNoAnswer() {
        var events = new ArrayDeque<Throwable>();
        harness.circuit.getEventPublisher().onError(event -> events.add(event.getThrowable()));
        harness.fail("a", 0, RetryAfterTest.status(500, Map.of()));
        assertThat(events)
                .singleElement()
                .isInstanceOf(FailureSummary.class)
                .asString()
                .contains("[500]");
    }
}

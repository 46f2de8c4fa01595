package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.failure.Causes;
import io.triggerquery.consumer.internal.failure.FailureSummary;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A source that answers no id, or that requests a pause, is not called for a while. */
class SourcePauseTest {

    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private Instant now = Instant.EPOCH;
    private final CircuitBreaker circuit = CircuitBreaker.of(
            "things",
            CircuitBreakerConfig.from(CircuitSettings.of(Duration.ofSeconds(1), Duration.ofSeconds(10)))
                    .clock(new Now())
                    .build());
    private final ResilientQuery query = new ResilientQuery(
            this::call,
            1,
            new ResilientQuery.Resilience(
                    Bulkhead.ofDefaults("things"),
                    circuit,
                    new OutageDetector(circuit),
                    new RetryAfter(Duration.ofSeconds(10), () -> now.toEpochMilli() * 1_000_000, new Now()),
                    SourcePauseTest::twice,
                    new Failures(List.of())));
    private int calls;

    private final class Now extends Clock {

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static CompletionStage<Map<String, Snapshot<Object>>> twice(SourceCall call, List<String> ids) {
        return call.call(ids)
                .exceptionallyCompose(failure -> Failures.isImmediatelyRetryable(Causes.of(failure))
                        ? call.call(ids)
                        : CompletableFuture.failedStage(failure));
    }

    private CompletionStage<Map<String, Snapshot<Object>>> call(List<String> ids) {
        calls++;
        String id = ids.get(0);
        return failures.isEmpty()
                ? CompletableFuture.completedStage(Map.of(id, new Snapshot.Found<>(id, "state", OptionalLong.empty())))
                : CompletableFuture.failedStage(failures.remove());
    }

    private Answer<Object> ask(String id, int unanswered) {
        return query.ask(List.of(id), unanswered).toCompletableFuture().join();
    }

    private void fail(String id, int unanswered, RuntimeException failure) {
        failures.add(failure);
        assertThatThrownBy(() -> ask(id, unanswered)).hasCause(failure);
    }

    @Test
    void expiredCredentialOpensCircuitAfterFiveCalls() {
        for (int call = 0; call < 5; call++) {
            fail("id-" + call, 0, RetryAfterTest.status(401, Map.of()));
        }
        assertThat(circuit.getState()).isEqualTo(State.OPEN);
        assertThat(ask("other", 0)).isInstanceOf(Answer.Refused.class);
        assertThat(calls).isEqualTo(5);
        now = now.plus(Duration.ofMillis(101));
        failures.add(RetryAfterTest.status(401, Map.of()));
        assertThat(ask("probe", 1)).as("not a failure of the id").isInstanceOf(Answer.Refused.class);
    }

    @Test
    void pausesForRetryAfter() {
        fail("a", 0, RetryAfterTest.status(429, Map.of("Retry-After", "3")));
        assertThat(ask("b", 0)).isEqualTo(new Answer.Refused<>(Duration.ofSeconds(3)));
        now = now.plus(Duration.ofSeconds(2));
        assertThat(ask("b", 0)).isEqualTo(new Answer.Refused<>(Duration.ofSeconds(1)));
        now = now.plus(Duration.ofSeconds(1));
        assertThat(ask("b", 0)).isInstanceOf(Answer.Given.class);
        assertThat(calls).isEqualTo(2);
    }

    @Test
    void tooManyRequestsPausesEvenForEarlierFailedId() {
        fail("a", 0, RetryAfterTest.status(500, Map.of()));
        fail("a", 1, RetryAfterTest.status(429, Map.of("Retry-After", "3")));
        assertThat(ask("b", 0)).isEqualTo(new Answer.Refused<>(Duration.ofSeconds(3)));
    }

    @Test
    void secondConsecutiveIdWithRetryAfterPauses() {
        fail("a", 0, RetryAfterTest.status(503, Map.of("Retry-After", "3")));
        assertThat(ask("b", 0)).as("it may concern one id only").isInstanceOf(Answer.Given.class);
        fail("c", 0, RetryAfterTest.status(503, Map.of("Retry-After", "3")));
        fail("d", 0, RetryAfterTest.status(503, Map.of("Retry-After", "3")));
        assertThat(ask("e", 0)).isEqualTo(new Answer.Refused<>(Duration.ofSeconds(3)));
        assertThat(circuit.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void oneIdWithRetryAfterDoesNotDelayOthers() {
        for (int round = 0; round < 100; round++) {
            fail("bad", round, RetryAfterTest.status(503, Map.of("Retry-After", "3")));
            assertThat(ask("good", 0)).isInstanceOf(Answer.Given.class);
        }
        assertThat(calls)
                .as("none is repeated at once, as the source has requested")
                .isEqualTo(200);
    }

    @Test
    void probeWithRetryAfterIsPostponed() {
        circuit.transitionToOpenState();
        now = now.plus(Duration.ofSeconds(1));
        failures.add(RetryAfterTest.status(503, Map.of("Retry-After", "5")));
        assertThat(ask("probe", 3)).isInstanceOf(Answer.Refused.class);
        now = now.plus(Duration.ofSeconds(4));
        assertThat(ask("early", 0)).isEqualTo(new Answer.Refused<>(Duration.ofSeconds(1)));
        assertThat(calls).isOne();
    }

    @Test
    void answerBeyondMemoryBudgetIsNotAFailure() {
        for (int call = 0; call < 20; call++) {
            failures.add(new AnswerMemoryException("/things/a"));
            assertThat(ask("id-" + call, 0)).isInstanceOf(Answer.Refused.class);
        }
        assertThat(circuit.getMetrics().getNumberOfBufferedCalls()).isZero();
        assertThat(circuit.getState()).isEqualTo(State.CLOSED);
    }

    /** Resilience4j's own event consumers keep the last hundred events. */
    @Test
    void circuitEventsRetainNoAnswer() {
        var events = new ArrayDeque<Throwable>();
        circuit.getEventPublisher().onError(event -> events.add(event.getThrowable()));
        fail("a", 0, RetryAfterTest.status(500, Map.of()));
        assertThat(events)
                .singleElement()
                .isInstanceOf(FailureSummary.class)
                .asString()
                .contains("[500]");
    }
}

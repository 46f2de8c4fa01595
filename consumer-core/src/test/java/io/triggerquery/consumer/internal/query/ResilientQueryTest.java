package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feign.FeignException;
import feign.Request;
import feign.Request.HttpMethod;
import feign.RetryableException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.triggerquery.consumer.internal.engine.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ResilientQueryTest {

    private static final Request REQUEST =
            Request.create(HttpMethod.GET, "/things/a", Map.of(), null, StandardCharsets.UTF_8, null);

    private final QueryHarness harness = new QueryHarness();

    private static FeignException status(int status) {
        return RetryAfterTest.status(status, Map.of());
    }

    private static RetryableException noConnection() {
        return new RetryableException(-1, "no connection", HttpMethod.GET, (Long) null, REQUEST);
    }

    @Test
    void findsState() {
        assertThat(harness.ask("a", 0)).isInstanceOf(Answer.Given.class);
    }

    @Test
    void repeatsTransientFailureOnceWithinTheCall() {
        harness.failures.add(noConnection());
        assertThat(harness.ask("a", 0)).isInstanceOf(Answer.Given.class);
        harness.failures.add(status(503));
        assertThat(harness.ask("b", 0)).isInstanceOf(Answer.Given.class);
        assertThat(harness.calls).isEqualTo(4);
    }

    @Test
    void repeatsNoOtherFailureWithinTheCall() {
        for (int status : new int[] {400, 401, 404, 429, 500}) {
            harness.fail("a", 0, status(status));
        }
        assertThat(harness.calls).isEqualTo(5);
    }

    @Test
    void doesNotRepeatFailureOfPreviousRoundWithinTheCall() {
        harness.fail("a", 1, noConnection());
        assertThat(harness.calls).isEqualTo(1);
    }

    @Test
    void refusesWithoutACallWhileCircuitIsOpen() {
        for (int i = 0; i < 10; i++) {
            harness.fail("id-" + i, 0, status(500));
        }
        assertThat(harness.circuit.getState()).isEqualTo(State.OPEN);
        assertThat(harness.ask("other", 0)).isInstanceOf(Answer.Refused.class);
        assertThat(harness.calls).isEqualTo(10);
    }

    @Test
    void oneFailingIdDoesNotOpenCircuit() {
        for (int round = 0; round < 1_000; round++) {
            harness.fail("bad", round, status(500));
        }
        assertThat(harness.circuit.getState()).isEqualTo(State.CLOSED);
        assertThat(harness.ask("good", 0)).isInstanceOf(Answer.Given.class);
    }

    @Test
    void rejectedIdsDoNotOpenCircuit() {
        for (int i = 0; i < 1_000; i++) {
            harness.fail("id-" + i, 0, status(404));
        }
        assertThat(harness.circuit.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void fiveConsecutiveUnansweredCallsOpenCircuitWithoutRepetition() {
        for (int call = 0; call < 6; call++) {
            harness.failures.add(status(503));
        }
        assertThatThrownBy(() -> harness.ask("a", 0)).hasCauseInstanceOf(FeignException.class);
        assertThatThrownBy(() -> harness.ask("b", 0)).hasCauseInstanceOf(FeignException.class);
        assertThat(harness.circuit.getState()).isEqualTo(State.CLOSED);
        assertThat(harness.ask("c", 0))
                .as("the circuit opened during its round")
                .isInstanceOf(Answer.Refused.class);
        assertThat(harness.circuit.getState()).isEqualTo(State.OPEN);
        assertThat(harness.calls).isEqualTo(5);
        assertThat(harness.bulkhead.getMetrics().getAvailableConcurrentCalls())
                .isEqualTo(harness.bulkhead.getBulkheadConfig().getMaxConcurrentCalls());
    }

    @Test
    void answerInBetweenResetsUnansweredCalls() {
        failUnanswered(4);
        harness.ask("there", 0);
        failUnanswered(4);
        assertThat(harness.circuit.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void clientErrorInBetweenResetsUnansweredCalls() {
        failUnanswered(4);
        harness.fail("refused", 0, status(400));
        failUnanswered(4);
        assertThat(harness.circuit.getState()).isEqualTo(State.CLOSED);
        failUnanswered(1);
        assertThat(harness.circuit.getState()).isEqualTo(State.OPEN);
    }

    private void failUnanswered(int times) {
        for (int i = 0; i < times; i++) {
            harness.fail("away-" + i, 0, status(429));
        }
    }

    @Test
    void unansweredCallsOfOneIdDoNotOpenCircuit() {
        harness.failures.add(status(504));
        harness.fail("bad", 0, status(504));
        for (int round = 1; round < 1_000; round++) {
            harness.fail("bad", round, status(504));
        }
        assertThat(harness.circuit.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void oneProbeOfAnyIdDecidesAndIsNotRepeated() {
        harness.circuit.transitionToOpenState();
        for (int probe = 0; probe < 3; probe++) {
            harness.advance(Duration.ofSeconds(1));
            harness.failures.add(status(503));
            assertThat(harness.ask("id-" + probe, probe == 0 ? 0 : 7))
                    .as("not a failure of the id")
                    .isInstanceOf(Answer.Refused.class);
            assertThat(harness.circuit.getState()).isEqualTo(State.OPEN);
        }
        harness.advance(Duration.ofSeconds(1));
        assertThat(harness.ask("good", 7)).isInstanceOf(Answer.Given.class);
        assertThat(harness.circuit.getState()).isEqualTo(State.CLOSED);
        assertThat(harness.calls).isEqualTo(4);
    }

    @Test
    void probePausesGrowToMaximum() {
        harness.circuit.transitionToOpenState();
        for (int pause : new int[] {100, 200, 400, 800, 1_000, 1_000}) {
            harness.advance(Duration.ofMillis(pause));
            assertThat(harness.ask("early", 0)).isInstanceOf(Answer.Refused.class);
            harness.advance(Duration.ofMillis(1)); // the library's pauses end just after their time
            harness.fail("due", 0, status(500));
        }
    }

    @Test
    void probeRefusedByApplicationCircuitBreakerEnds() {
        harness.circuit.transitionToOpenState();
        harness.advance(Duration.ofSeconds(1));
        harness.failures.add(
                CallNotPermittedException.createCallNotPermittedException(CircuitBreaker.ofDefaults("its own")));
        assertThat(harness.ask("a", 0)).isInstanceOf(Answer.Refused.class);
        assertThat(harness.circuit.getState()).isEqualTo(State.OPEN);
    }

    @Test
    void otherQueriesAreRefusedDuringProbe() {
        harness.circuit.transitionToOpenState();
        harness.advance(Duration.ofSeconds(1));
        harness.later = new CompletableFuture<>();
        harness.query.ask(List.of("probe"), 0);
        assertThat(harness.ask("other", 0)).isInstanceOf(Answer.Refused.class);
        assertThat(harness.circuit.getState()).isEqualTo(State.HALF_OPEN);
    }

    @Test
    void failuresOfNonFeignClientOpenCircuit() {
        for (int i = 0; i < 10; i++) {
            harness.fail("id-" + i, 0, new IllegalStateException("no connection"));
        }
        assertThat(harness.circuit.getState()).isEqualTo(State.OPEN);
    }

    @Test
    void unusableAnswersDoNotCountAgainstSource() {
        for (int i = 0; i < 100; i++) {
            harness.fail("id-" + i, 0, new MissingStateException("things", "id-" + i, "an empty body"));
            harness.fail("id-" + i, 0, new AnswerTooLargeException("/things/id-" + i, 1));
        }
        assertThat(harness.circuit.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void callCountsAsRunningUntilItsAnswerArrives() {
        int free = harness.bulkhead.getMetrics().getAvailableConcurrentCalls();
        harness.later = new CompletableFuture<>();
        CompletableFuture<Answer<Object>> answer =
                harness.query.ask(List.of("a"), 0).toCompletableFuture();
        assertThat(answer).isNotDone();
        assertThat(harness.bulkhead.getMetrics().getAvailableConcurrentCalls()).isEqualTo(free - 1);
        harness.later.complete(QueryHarness.found("a"));
        assertThat(answer).isCompletedWithValue(new Answer.Given<>(QueryHarness.found("a")));
        assertThat(harness.bulkhead.getMetrics().getAvailableConcurrentCalls()).isEqualTo(free);
        assertThat(harness.circuit.getMetrics().getNumberOfSuccessfulCalls()).isOne();
    }

    @Test
    void asynchronousFailureCountsWhenItArrives() {
        int free = harness.bulkhead.getMetrics().getAvailableConcurrentCalls();
        for (int i = 0; i < 10; i++) {
            harness.later = new CompletableFuture<>();
            CompletableFuture<Answer<Object>> answer =
                    harness.query.ask(List.of("id-" + i), 0).toCompletableFuture();
            assertThat(harness.circuit.getState()).isEqualTo(State.CLOSED);
            harness.later.completeExceptionally(new CompletionException(status(500)));
            assertThat(answer).isCompletedExceptionally();
        }
        assertThat(harness.circuit.getState()).isEqualTo(State.OPEN);
        assertThat(harness.bulkhead.getMetrics().getAvailableConcurrentCalls()).isEqualTo(free);
    }

    @Test
    void refusalOfCircuitUsesNoCall() {
        int free = harness.bulkhead.getMetrics().getAvailableConcurrentCalls();
        harness.circuit.transitionToOpenState();
        assertThat(harness.ask("a", 0)).isInstanceOf(Answer.Refused.class);
        assertThat(harness.bulkhead.getMetrics().getAvailableConcurrentCalls()).isEqualTo(free);
        assertThat(harness.calls).isZero();
    }
}

package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feign.FeignException;
import feign.Request;
import feign.Request.HttpMethod;
import feign.Response;
import feign.RetryableException;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.failure.Causes;
import java.nio.charset.StandardCharsets;
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
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResilientQueryTest {

    private static final Request REQUEST =
            Request.create(HttpMethod.GET, "/things/a", Map.of(), null, StandardCharsets.UTF_8, null);

    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private final MovedClock clock = new MovedClock();
    private final CircuitBreaker circuit = CircuitBreaker.of(
            "things",
            CircuitBreakerConfig.from(CircuitSettings.of(Duration.ofSeconds(1), Duration.ofSeconds(10)))
                    .clock(clock)
                    .build());
    private final Bulkhead bulkhead = Bulkhead.ofDefaults("things");
    private final ResilientQuery query = new ResilientQuery(
            this::call,
            1,
            new ResilientQuery.Resilience(
                    bulkhead,
                    circuit,
                    new OutageDetector(circuit),
                    new RetryAfter(Duration.ofSeconds(10), () -> clock.millis() * 1_000_000, clock),
                    this::twice,
                    new Failures(List.of())));
    private int calls;
    private @Nullable CompletableFuture<Map<String, Snapshot<Object>>> later;

    private static final class MovedClock extends Clock {

        private Instant now = Instant.EPOCH;

        void advanceBy(Duration time) {
            now = now.plus(time);
        }

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

    private CompletionStage<Map<String, Snapshot<Object>>> twice(SourceCall call, List<String> ids) {
        return call.call(ids)
                .exceptionallyCompose(failure -> Failures.isImmediatelyRetryable(Causes.of(failure))
                        ? call.call(ids)
                        : CompletableFuture.failedStage(failure));
    }

    private CompletionStage<Map<String, Snapshot<Object>>> call(List<String> ids) {
        calls++;
        if (later != null) {
            return later;
        }
        return failures.isEmpty()
                ? CompletableFuture.completedStage(found(ids.get(0)))
                : CompletableFuture.failedStage(failures.remove());
    }

    private static Map<String, Snapshot<Object>> found(String id) {
        return Map.of(id, new Snapshot.Found<>(id, "state", OptionalLong.empty()));
    }

    private Answer<Object> ask(String id, int unanswered) {
        return query.ask(List.of(id), unanswered).toCompletableFuture().join();
    }

    private static FeignException status(int status) {
        return FeignException.errorStatus(
                "byId",
                Response.builder()
                        .status(status)
                        .request(REQUEST)
                        .headers(Map.of())
                        .build());
    }

    private static RetryableException noConnection() {
        return new RetryableException(-1, "no connection", HttpMethod.GET, (Long) null, REQUEST);
    }

    private void fail(String id, int failuresBefore, RuntimeException failure) {
        failures.add(failure);
        assertThatThrownBy(() -> ask(id, failuresBefore)).hasCause(failure);
    }

    @Test
    void findsState() {
        assertThat(ask("a", 0)).isInstanceOf(Answer.Given.class);
    }

    @Test
    void repeatsTransientFailureOnceWithinTheCall() {
        failures.add(noConnection());
        assertThat(ask("a", 0)).isInstanceOf(Answer.Given.class);
        failures.add(status(503));
        assertThat(ask("b", 0)).isInstanceOf(Answer.Given.class);
        assertThat(calls).isEqualTo(4);
    }

    @Test
    void repeatsNoOtherFailureWithinTheCall() {
        for (int status : new int[] {400, 401, 404, 429, 500}) {
            fail("a", 0, status(status));
        }
        assertThat(calls).isEqualTo(5);
    }

    @Test
    void doesNotRepeatFailureOfPreviousRoundWithinTheCall() {
        fail("a", 1, noConnection());
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void refusesWithoutACallWhileCircuitIsOpen() {
        for (int i = 0; i < 10; i++) {
            fail("id-" + i, 0, status(500));
        }
        assertThat(circuit.getState()).isEqualTo(State.OPEN);
        assertThat(ask("other", 0)).isInstanceOf(Answer.Refused.class);
        assertThat(calls).isEqualTo(10);
    }

    @Test
    void oneFailingIdDoesNotOpenCircuit() {
        for (int round = 0; round < 1_000; round++) {
            fail("bad", round, status(500));
        }
        assertThat(circuit.getState()).isEqualTo(State.CLOSED);
        assertThat(ask("good", 0)).isInstanceOf(Answer.Given.class);
    }

    @Test
    void rejectedIdsDoNotOpenCircuit() {
        for (int i = 0; i < 1_000; i++) {
            fail("id-" + i, 0, status(404));
        }
        assertThat(circuit.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void fiveConsecutiveUnansweredCallsOpenCircuitWithoutRepetition() {
        for (int call = 0; call < 6; call++) {
            failures.add(status(503));
        }
        assertThatThrownBy(() -> ask("a", 0)).hasCauseInstanceOf(FeignException.class);
        assertThatThrownBy(() -> ask("b", 0)).hasCauseInstanceOf(FeignException.class);
        assertThat(circuit.getState()).isEqualTo(State.CLOSED);
        assertThat(ask("c", 0)).as("the circuit opened during its round").isInstanceOf(Answer.Refused.class);
        assertThat(circuit.getState()).isEqualTo(State.OPEN);
        assertThat(calls).isEqualTo(5);
        assertThat(bulkhead.getMetrics().getAvailableConcurrentCalls())
                .isEqualTo(bulkhead.getBulkheadConfig().getMaxConcurrentCalls());
    }

    @Test
    void answerInBetweenResetsUnansweredCalls() {
        failUnanswered(4);
        ask("there", 0);
        failUnanswered(4);
        assertThat(circuit.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void clientErrorInBetweenResetsUnansweredCalls() {
        failUnanswered(4);
        fail("refused", 0, status(400));
        failUnanswered(4);
        assertThat(circuit.getState()).isEqualTo(State.CLOSED);
        failUnanswered(1);
        assertThat(circuit.getState()).isEqualTo(State.OPEN);
    }

    private void failUnanswered(int times) {
        for (int i = 0; i < times; i++) {
            fail("away-" + i, 0, status(429));
        }
    }

    @Test
    void unansweredCallsOfOneIdDoNotOpenCircuit() {
        failures.add(status(504));
        fail("bad", 0, status(504));
        for (int round = 1; round < 1_000; round++) {
            fail("bad", round, status(504));
        }
        assertThat(circuit.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void oneProbeOfAnyIdDecidesAndIsNotRepeated() {
        circuit.transitionToOpenState();
        for (int probe = 0; probe < 3; probe++) {
            clock.advanceBy(Duration.ofSeconds(1));
            failures.add(status(503));
            assertThat(ask("id-" + probe, probe == 0 ? 0 : 7))
                    .as("not a failure of the id")
                    .isInstanceOf(Answer.Refused.class);
            assertThat(circuit.getState()).isEqualTo(State.OPEN);
        }
        clock.advanceBy(Duration.ofSeconds(1));
        assertThat(ask("good", 7)).isInstanceOf(Answer.Given.class);
        assertThat(circuit.getState()).isEqualTo(State.CLOSED);
        assertThat(calls).isEqualTo(4);
    }

    @Test
    void probePausesGrowToMaximum() {
        circuit.transitionToOpenState();
        for (int pause : new int[] {100, 200, 400, 800, 1_000, 1_000}) {
            clock.advanceBy(Duration.ofMillis(pause));
            assertThat(ask("early", 0)).isInstanceOf(Answer.Refused.class);
            clock.advanceBy(Duration.ofMillis(1)); // the library's pauses end just after their time
            fail("due", 0, status(500));
        }
    }

    @Test
    void probeRefusedByApplicationCircuitBreakerEnds() {
        circuit.transitionToOpenState();
        clock.advanceBy(Duration.ofSeconds(1));
        failures.add(CallNotPermittedException.createCallNotPermittedException(CircuitBreaker.ofDefaults("its own")));
        assertThat(ask("a", 0)).isInstanceOf(Answer.Refused.class);
        assertThat(circuit.getState()).isEqualTo(State.OPEN);
    }

    @Test
    void otherQueriesAreRefusedDuringProbe() {
        circuit.transitionToOpenState();
        clock.advanceBy(Duration.ofSeconds(1));
        later = new CompletableFuture<>();
        query.ask(List.of("probe"), 0);
        assertThat(ask("other", 0)).isInstanceOf(Answer.Refused.class);
        assertThat(circuit.getState()).isEqualTo(State.HALF_OPEN);
    }

    @Test
    void failuresOfNonFeignClientOpenCircuit() {
        for (int i = 0; i < 10; i++) {
            fail("id-" + i, 0, new IllegalStateException("no connection"));
        }
        assertThat(circuit.getState()).isEqualTo(State.OPEN);
    }

    @Test
    void unusableAnswersDoNotCountAgainstSource() {
        for (int i = 0; i < 100; i++) {
            fail("id-" + i, 0, new MissingStateException("things", "id-" + i, "an empty body"));
            fail("id-" + i, 0, new AnswerTooLargeException("/things/id-" + i, 1));
        }
        assertThat(circuit.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void callCountsAsRunningUntilItsAnswerArrives() {
        int free = bulkhead.getMetrics().getAvailableConcurrentCalls();
        later = new CompletableFuture<>();
        CompletableFuture<Answer<Object>> answer = query.ask(List.of("a"), 0).toCompletableFuture();
        assertThat(answer).isNotDone();
        assertThat(bulkhead.getMetrics().getAvailableConcurrentCalls()).isEqualTo(free - 1);
        later.complete(found("a"));
        assertThat(answer).isCompletedWithValue(new Answer.Given<>(found("a")));
        assertThat(bulkhead.getMetrics().getAvailableConcurrentCalls()).isEqualTo(free);
        assertThat(circuit.getMetrics().getNumberOfSuccessfulCalls()).isOne();
    }

    @Test
    void asynchronousFailureCountsWhenItArrives() {
        int free = bulkhead.getMetrics().getAvailableConcurrentCalls();
        for (int i = 0; i < 10; i++) {
            later = new CompletableFuture<>();
            CompletableFuture<Answer<Object>> answer =
                    query.ask(List.of("id-" + i), 0).toCompletableFuture();
            assertThat(circuit.getState()).isEqualTo(State.CLOSED);
            later.completeExceptionally(new CompletionException(status(500)));
            assertThat(answer).isCompletedExceptionally();
        }
        assertThat(circuit.getState()).isEqualTo(State.OPEN);
        assertThat(bulkhead.getMetrics().getAvailableConcurrentCalls()).isEqualTo(free);
    }

    @Test
    void refusalOfCircuitUsesNoCall() {
        int free = bulkhead.getMetrics().getAvailableConcurrentCalls();
        circuit.transitionToOpenState();
        assertThat(ask("a", 0)).isInstanceOf(Answer.Refused.class);
        assertThat(bulkhead.getMetrics().getAvailableConcurrentCalls()).isEqualTo(free);
        assertThat(calls).isZero();
    }
}

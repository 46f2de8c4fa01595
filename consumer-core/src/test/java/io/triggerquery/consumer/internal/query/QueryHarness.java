package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.failure.Causes;
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
import org.jspecify.annotations.Nullable;

/** A resilient query in virtual time, whose source fails as a test has scripted it, and otherwise finds each id. */
final class QueryHarness {

    /** The failures of the next calls. */
    final Deque<RuntimeException> failures = new ArrayDeque<>();

    /** The answer of the next calls, which the test completes; null for an immediate one. */
    @Nullable
    CompletableFuture<Map<String, Snapshot<Object>>> later;

    int calls;

    private final ManualClock clock = new ManualClock();
    final CircuitBreaker circuit = CircuitBreaker.of(
            "things",
            CircuitBreakerConfig.from(CircuitSettings.of(Duration.ofSeconds(1), Duration.ofSeconds(10)))
                    .clock(clock)
                    .build());
    final Bulkhead bulkhead = Bulkhead.ofDefaults("things");
    final ResilientQuery query = new ResilientQuery(
            this::call,
            1,
            new ResilientQuery.Resilience(
                    bulkhead,
                    circuit,
                    new OutageDetector(circuit),
                    new RetryAfter(Duration.ofSeconds(10), () -> clock.millis() * 1_000_000, clock),
                    QueryHarness::twice,
                    new Failures(List.of())));

    private static final class ManualClock extends Clock {

        private Instant now = Instant.EPOCH;

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
        if (later != null) {
            return later;
        }
        return failures.isEmpty()
                ? CompletableFuture.completedStage(found(ids.get(0)))
                : CompletableFuture.failedStage(failures.remove());
    }

    static Map<String, Snapshot<Object>> found(String id) {
        return Map.of(id, new Snapshot.Found<>(id, "state", OptionalLong.empty()));
    }

    void advance(Duration time) {
        clock.now = clock.now.plus(time);
    }

    Answer<Object> ask(String id, int unanswered) {
        return query.ask(List.of(id), unanswered).toCompletableFuture().join();
    }

    /** Queries an id, which fails. */
    void fail(String id, int unanswered, RuntimeException failure) {
        failures.add(failure);
        assertThatThrownBy(() -> ask(id, unanswered)).hasCause(failure);
    }
}

package io.triggerquery.consumer.internal.query;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.internal.failure.Causes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Wraps a query in a short retry, the source's circuit breaker and, outermost, its bulkhead. The circuit is outside
 * the retry, and sees one result for each round; but nothing is repeated once it has opened: the round counts as
 * refused then, for it was not its ids that failed. So does a probe that still finds nobody.
 *
 * <p>An id that keeps failing counts against the source once, not with each of its rounds. Otherwise a single bad id on
 * a quiet topic would open the circuit for all the others.
 *
 * <p>A source that asks to be left alone for a while, by the header {@code Retry-After} of an answer that any id would have
 * got, is left alone, within a bound.
 *
 * <p>Threads: any; what an answer means is counted on the thread that brings it. Failure: fails with what the call failed
 * with; while the circuit is open or all the source's calls are taken by other listeners, refuses without asking. In the
 * latter case the calling thread first waits for a while.
 */
final class ResilientQuery implements Query<Object> {

    /** How often a listener looks whether an open circuit lets it through again; looking costs no call. */
    private static final Duration HOLD = Duration.ofMillis(100);

    /** How long a listener leaves a source to the other listeners that keep it busy. */
    private static final Duration BUSY = Duration.ofMillis(50);

    private final SourceCall call;
    private final int maxIds;
    private final Resilience resilience;

    /**
     * What protects a source.
     *
     * @param bulkhead how many calls at once
     * @param circuit whether to call at all
     * @param outage opens the circuit when nobody is there
     * @param pause for how long the source has asked to be left alone
     * @param retry how often within a round
     * @param failures what a failure says of the source
     */
    record Resilience(
            Bulkhead bulkhead,
            CircuitBreaker circuit,
            OutageDetector outage,
            RetryAfter pause,
            ShortRetry retry,
            Failures failures) {}

    ResilientQuery(SourceCall call, int maxIds, Resilience resilience) {
        this.call = call;
        this.maxIds = maxIds;
        this.resilience = resilience;
    }

    @Override
    public int maxIds() {
        return maxIds;
    }

    @Override
    public CompletionStage<Answer<Object>> ask(List<String> ids, int unanswered) {
        Duration pause = resilience.pause().left();
        if (pause.compareTo(Duration.ZERO) > 0) {
            return CompletableFuture.completedStage(new Answer.Refused<>(pause));
        }
        if (!resilience.bulkhead().tryAcquirePermission()) {
            return CompletableFuture.completedStage(new Answer.Refused<>(BUSY));
        }
        if (!resilience.circuit().tryAcquirePermission()) {
            resilience.bulkhead().releasePermission();
            return CompletableFuture.completedStage(new Answer.Refused<>(HOLD));
        }
        boolean probe = resilience.outage().on();
        long start = resilience.circuit().getCurrentTimestamp();
        return call(ids, unanswered, probe).handle((snapshots, failure) -> {
            resilience.bulkhead().releasePermission();
            long took = resilience.circuit().getCurrentTimestamp() - start;
            if (failure == null) {
                resilience.circuit().onSuccess(took, resilience.circuit().getTimestampUnit());
                return new Answer.Given<>(snapshots);
            }
            Throwable cause = Causes.of(failure);
            if (cause instanceof CallNotPermittedException && !probe) {
                return new Answer.Refused<>(HOLD);
            }
            if (cause instanceof AnswerMemoryException) {
                resilience.circuit().releasePermission();
                return new Answer.Refused<>(BUSY);
            }
            count(cause, unanswered, took);
            if (probe && isAway(cause)) {
                return new Answer.Refused<>(HOLD);
            }
            throw new CompletionException(cause);
        });
    }

    private CompletionStage<Map<String, Snapshot<Object>>> call(List<String> ids, int unanswered, boolean probe) {
        SourceCall watched = asked -> call.call(asked).whenComplete((snapshots, failure) -> watch(failure, unanswered));
        return unanswered > 0 || probe
                ? watched.call(ids)
                : resilience.retry().run(asked -> resilience.outage().on() ? notPermitted() : watched.call(asked), ids);
    }

    private CompletionStage<Map<String, Snapshot<Object>>> notPermitted() {
        return CompletableFuture.failedStage(
                CallNotPermittedException.createCallNotPermittedException(resilience.circuit()));
    }

    private void watch(@Nullable Throwable failure, int unanswered) {
        if (failure == null) {
            resilience.outage().there();
            return;
        }
        Throwable cause = Causes.of(failure);
        resilience.outage().failed(Failures.line(cause));
        if (!isAway(cause)) {
            resilience.outage().there();
            return;
        }
        if (unanswered == 0) {
            resilience.outage().away();
        }
        boolean away = resilience.outage().on();
        if (unanswered == 0 || away) {
            resilience.pause().answered(cause, away);
        }
    }

    private boolean isAway(Throwable failure) {
        return resilience.failures().kindOf(failure) == FailureKind.UNAVAILABLE;
    }

    private void count(Throwable failure, int unanswered, long took) {
        CircuitBreaker circuit = resilience.circuit();
        if (!resilience.failures().againstTheSource(failure)) {
            circuit.onSuccess(took, circuit.getTimestampUnit());
        } else if (unanswered > 0 && circuit.getState() == State.CLOSED) {
            circuit.releasePermission();
        } else {
            circuit.onError(
                    took, circuit.getTimestampUnit(), resilience.failures().summary(failure));
        }
    }
}

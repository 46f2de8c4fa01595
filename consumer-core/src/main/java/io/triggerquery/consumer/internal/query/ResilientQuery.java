package io.triggerquery.consumer.internal.query;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.failure.Causes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Wraps a query in a short retry, the source's circuit breaker and, outermost, its bulkhead. The circuit breaker is
 * outside the retry, and receives one result for each round. But no call is repeated once it has opened: the round is
 * then refused, since its ids did not cause the failure. A probe that still cannot reach the source is refused too.
 *
 * <p>An id that fails repeatedly counts against the source once, not in each of its rounds. Otherwise a single bad id
 * on a quiet topic would open the circuit breaker for all others.
 *
 * <p>A source that requests a pause, by the header {@code Retry-After} of an answer that concerns every id, is not
 * queried during that pause, up to a maximum. A 429 always concerns every id; another answer does if the call before,
 * for another id, could not reach the source either.
 *
 * <p>Threads: any; an answer is evaluated on the thread that delivers it. Failure: fails as the call fails; while the
 * circuit breaker is open or other listeners use all of the source's calls, refuses without querying. In the latter
 * case the calling thread first waits for a while.
 */
final class ResilientQuery implements Query<Object> {

    /** How often a listener checks whether an open circuit breaker permits a call again; the check makes no call. */
    private static final Duration HOLD = Duration.ofMillis(100);

    /** How long a listener waits before it queries a source again that other listeners keep busy. */
    private static final Duration BUSY = Duration.ofMillis(50);

    /** The failure of a call that was not made because the circuit breaker has opened meanwhile. */
    private static final Exception CIRCUIT_OPENED = new CircuitOpenedException();

    private final SourceCall call;
    private final int maxIds;
    private final Resilience resilience;

    /**
     * The parts that protect a source.
     *
     * @param bulkhead limits the concurrent calls
     * @param circuit decides whether a call is permitted
     * @param outage opens the circuit breaker when the source cannot be reached
     * @param pause the pause that the source has requested
     * @param retry repeats a call within a round
     * @param failures classifies failures
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
        Duration pause = resilience.pause().remaining();
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
        boolean probe = resilience.outage().isOpen();
        long start = resilience.circuit().getCurrentTimestamp();
        return call(ids, unanswered, probe).handle((snapshots, failure) -> {
            resilience.bulkhead().releasePermission();
            long elapsed = resilience.circuit().getCurrentTimestamp() - start;
            if (failure == null) {
                resilience.circuit().onSuccess(elapsed, resilience.circuit().getTimestampUnit());
                return new Answer.Given<>(snapshots);
            }
            Throwable cause = Causes.of(failure);
            if (cause == CIRCUIT_OPENED) {
                return new Answer.Refused<>(HOLD);
            }
            if (cause instanceof AnswerMemoryException) {
                resilience.circuit().releasePermission();
                return new Answer.Refused<>(BUSY);
            }
            recordFailure(cause, unanswered, elapsed);
            if (probe && isUnavailable(cause)) {
                return new Answer.Refused<>(HOLD);
            }
            throw new CompletionException(cause);
        });
    }

    private CompletionStage<Map<String, Snapshot<Object>>> call(List<String> ids, int unanswered, boolean probe) {
        SourceCall observed =
                requested -> call.call(requested).whenComplete((snapshots, failure) -> observe(failure, unanswered));
        return unanswered > 0 || probe
                ? observed.call(ids)
                : resilience
                        .retry()
                        .run(
                                requested -> resilience.outage().isOpen()
                                        ? CompletableFuture.failedStage(CIRCUIT_OPENED)
                                        : observed.call(requested),
                                ids);
    }

    private void observe(@Nullable Throwable failure, int unanswered) {
        if (failure == null) {
            resilience.outage().reached();
            return;
        }
        Throwable cause = Causes.of(failure);
        resilience.outage().failed(Failures.line(cause));
        if (!isUnavailable(cause)) {
            resilience.outage().reached();
            return;
        }
        if (unanswered == 0) {
            resilience.outage().unreachable();
        }
        boolean open = resilience.outage().isOpen();
        if (unanswered == 0 || open || RetryAfter.isAboutEveryId(cause)) {
            resilience.pause().onAnswer(cause, open || resilience.outage().isRepeated());
        }
    }

    private boolean isUnavailable(Throwable failure) {
        return resilience.failures().kindOf(failure) == FailureKind.UNAVAILABLE;
    }

    private void recordFailure(Throwable failure, int unanswered, long elapsed) {
        CircuitBreaker circuit = resilience.circuit();
        if (!resilience.failures().countsAgainstSource(failure)) {
            circuit.onSuccess(elapsed, circuit.getTimestampUnit());
        } else if (unanswered > 0 && circuit.getState() == State.CLOSED) {
            circuit.releasePermission();
        } else {
            circuit.onError(
                    elapsed, circuit.getTimestampUnit(), resilience.failures().summary(failure));
        }
    }

    /** Distinguishes this circuit breaker from one in the application's own client. */
    private static final class CircuitOpenedException extends Exception {

        CircuitOpenedException() {
            super("The circuit breaker has opened.", null, false, false);
        }
    }
}

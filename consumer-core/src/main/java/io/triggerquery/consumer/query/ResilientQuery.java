package io.triggerquery.consumer.query;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import io.triggerquery.consumer.Answer;
import io.triggerquery.consumer.Query;
import java.time.Duration;

/**
 * A query behind a short retry and the source's circuit breaker, which is outside: it sees one result for each round.
 *
 * <p>An id that keeps failing counts against the source once, not with each of its rounds. Otherwise a single bad id on
 * a quiet topic would open the circuit for all the others.
 *
 * <p>Threads: any. Failure: throws what the call threw; while the circuit is open, refuses without asking.
 *
 * @param <S> the state
 */
final class ResilientQuery<S> implements Query<S> {

    /** How often a listener looks whether an open circuit lets it through again; looking costs no call. */
    private static final Duration HOLD = Duration.ofSeconds(1);

    private final SourceCall<S> call;
    private final Retry retry;
    private final CircuitBreaker circuit;

    ResilientQuery(SourceCall<S> call, Retry retry, CircuitBreaker circuit) {
        this.call = call;
        this.retry = retry;
        this.circuit = circuit;
    }

    @Override
    public Answer<S> ask(String id, int unanswered) throws Exception {
        if (!circuit.tryAcquirePermission()) {
            return new Answer.Refused<>(HOLD);
        }
        long start = circuit.getCurrentTimestamp();
        try {
            S state = unanswered == 0 ? retry.executeCallable(() -> call.byId(id)) : call.byId(id);
            circuit.onSuccess(circuit.getCurrentTimestamp() - start, circuit.getTimestampUnit());
            return new Answer.Found<>(state);
        } catch (Throwable failure) {
            count(failure, unanswered, circuit.getCurrentTimestamp() - start);
            throw failure;
        }
    }

    private void count(Throwable failure, int unanswered, long took) {
        if (!FeignFailures.againstTheSource(failure)) {
            circuit.onSuccess(took, circuit.getTimestampUnit());
        } else if (unanswered > 0 && circuit.getState() == CircuitBreaker.State.CLOSED) {
            circuit.releasePermission();
        } else {
            circuit.onError(took, circuit.getTimestampUnit(), failure);
        }
    }
}

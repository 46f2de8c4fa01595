package io.triggerquery.bench.peer;

import feign.FeignException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Query and projection as a team writes them for its listener: Feign and, by default, two attempts and a circuit
 * breaker, in the order that Resilience4j advises, with the framework's default values.
 *
 * <p>Threads: any. Failure: throws; nothing has been projected.
 */
final class HandWrittenQuery implements AutoCloseable {

    private final FeignClient client;
    private final Retry retry = Retry.of("billing", retryConfig());
    private final CircuitBreaker circuit = CircuitBreaker.of("billing", circuitConfig());
    private final Job job;
    private final Protection protection;

    /**
     * Creates the client.
     *
     * @param inFlight the largest number of concurrent calls
     */
    HandWrittenQuery(Job job, int inFlight) {
        this(job, inFlight, Protection.CIRCUIT_AND_RETRY);
    }

    /** Creates the client with another protection of the calls. */
    HandWrittenQuery(Job job, int inFlight, Protection protection) {
        this.client = new FeignClient(job.settings().source().url(), inFlight);
        this.job = job;
        this.protection = protection;
    }

    /** Queries one id and projects it. */
    void refresh(String id) {
        Billing billing = protect(() -> client.byId(id));
        job.projection().project(billing);
        job.progress().projected(billing);
    }

    /** Queries ids in one call and projects them in one transaction. */
    void refresh(List<String> ids) {
        List<Billing> billings = protect(() -> client.byIds(ids));
        job.projection().project(billings);
        billings.forEach(job.progress()::projected);
    }

    private <T> T protect(Supplier<T> call) {
        return switch (protection) {
            case NONE -> call.get();
            case CIRCUIT -> circuit.executeSupplier(call);
            case CIRCUIT_AND_RETRY -> retry.executeSupplier(() -> circuit.executeSupplier(call));
        };
    }

    private static RetryConfig retryConfig() {
        return RetryConfig.custom()
                .maxAttempts(2)
                .intervalFunction(IntervalFunction.ofRandomized(Duration.ofMillis(50)))
                .retryOnException(HandWrittenQuery::mayPassSoon)
                .build();
    }

    private static boolean mayPassSoon(Throwable failure) {
        return !(failure instanceof CallNotPermittedException
                || failure instanceof FeignException.FeignClientException);
    }

    private static CircuitBreakerConfig circuitConfig() {
        return CircuitBreakerConfig.custom()
                .slidingWindow(50, 10, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(50)
                .waitDurationInOpenState(Duration.ofSeconds(5))
                .permittedNumberOfCallsInHalfOpenState(5)
                .build();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}

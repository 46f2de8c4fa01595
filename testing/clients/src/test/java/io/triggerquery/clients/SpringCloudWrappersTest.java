package io.triggerquery.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.internal.query.Failures;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.circuitbreaker.NoFallbackAvailableException;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpClientErrorException;

/** The exceptions that Spring Cloud's circuit breaker throws instead of the client's. */
class SpringCloudWrappersTest {

    private static FailureKind kindOf(Throwable cause) {
        return new Failures(List.of()).kindOf(new NoFallbackAvailableException("No fallback available.", cause));
    }

    @Test
    void causeIsClassified() {
        var gone = new HttpClientErrorException(HttpStatus.GONE);
        assertEquals(FailureKind.REJECTED, kindOf(gone));
        assertEquals(FailureKind.REJECTED, kindOf(new ExecutionException(gone)), "with a bulkhead of threads");
        assertEquals(FailureKind.UNAVAILABLE, kindOf(new TimeoutException("TimeLimiter")));
    }
}

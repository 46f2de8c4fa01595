package io.triggerquery.consumer.internal.failure;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.springframework.core.retry.RetryException;
import org.springframework.transaction.TransactionSystemException;

/** Unwraps exceptions. */
public final class Causes {

    /** How many causes are examined at most, since exceptions can form a circle. */
    public static final int MAX_DEPTH = 10;

    /**
     * Wrappers of libraries that are no dependencies: Spring Cloud's circuit breaker, and a blocking wait of Reactor.
     */
    private static final Set<String> WRAPPERS = Set.of(
            "org.springframework.cloud.client.circuitbreaker.NoFallbackAvailableException",
            "reactor.core.Exceptions$ReactiveException");

    private Causes() {}

    /**
     * Returns the failure, or its cause if it is a {@link CompletionException}, or the failure for which a transaction
     * was to be rolled back if that failed too: a connection that ends in a transaction says why only once.
     */
    public static Throwable of(Throwable failure) {
        if (failure instanceof TransactionSystemException rollback && rollback.getApplicationException() != null) {
            return rollback.getApplicationException();
        }
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Returns the failure without the wrappers of futures, proxies and retries around it. */
    public static Throwable unwrapped(Throwable failure) {
        Throwable unwrapped = failure;
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            Throwable cause = isWrapper(unwrapped) ? unwrapped.getCause() : null;
            if (cause == null) {
                return unwrapped;
            }
            unwrapped = cause;
        }
        return unwrapped;
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof CompletionException
                || failure instanceof ExecutionException
                || failure instanceof UndeclaredThrowableException
                || failure instanceof InvocationTargetException
                || failure instanceof RetryException
                || WRAPPERS.contains(failure.getClass().getName());
    }
}

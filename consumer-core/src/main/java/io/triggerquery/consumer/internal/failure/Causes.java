package io.triggerquery.consumer.internal.failure;

import java.util.concurrent.CompletionException;

/** What a stage really failed with: what depends on a stage that failed is told so by an exception around it. */
public final class Causes {

    private Causes() {}

    /** The failure, or what it is only wrapped around. */
    public static Throwable of(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}

package io.triggerquery.consumer.internal.failure;

import java.util.concurrent.CompletionException;

/** Unwraps the exceptions of completion stages. */
public final class Causes {

    private Causes() {}

    /** Returns the failure, or its cause if it is a {@link CompletionException}. */
    public static Throwable of(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}

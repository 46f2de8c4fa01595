package io.triggerquery.consumer.query;

import java.util.concurrent.CompletionException;

/** What a stage really failed with: what depends on a stage that failed is told so by an exception around it. */
final class Cause {

    private Cause() {}

    static Throwable of(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}

package io.triggerquery.consumer;

/** What a failed query or projection says of the ids it was for; see {@link FailureRule}. */
public enum FailureKind {

    /**
     * Nobody could have succeeded: the source or the database is away. The ids are tried again later, each alone, and
     * the source's circuit breaker counts it.
     */
    UNAVAILABLE,

    /**
     * Perhaps one of the ids is to blame. If there were several they are tried again at once in smaller batches, until the
     * one is alone; that one is tried again later.
     */
    RETRYABLE,

    /** It will never succeed. Once the id is alone its trigger goes to the dead-letter topic, with the reason. */
    PERMANENT,

    /** The source says that it has no such id. From a query only; from a projection it counts as retryable. */
    ABSENT
}

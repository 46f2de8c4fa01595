package io.triggerquery.consumer;

/** The kinds of failures of queries and projections; see {@link FailureRule}. */
public enum FailureKind {

    /**
     * No id could have succeeded: the source or the database is away, or the credentials are wrong. The ids are tried
     * again later, and the source's circuit breaker counts it.
     */
    UNAVAILABLE,

    /**
     * Perhaps one of the ids is to blame. If there were several they are tried again at once in smaller batches, until the
     * one is alone; that one is tried again later.
     */
    RETRYABLE,

    /**
     * The source has looked at this one id and refused it, as by 409 or 422; otherwise as {@link #RETRYABLE}. Many of
     * these say nothing of the source, so they may be deferred early to read on behind them.
     */
    REJECTED,

    /** It will never succeed. Once the id is alone its trigger goes to the dead-letter topic, with the reason. */
    PERMANENT,

    /** The source says that it has no such id. From a query only; from a projection it counts as retryable. */
    ABSENT
}

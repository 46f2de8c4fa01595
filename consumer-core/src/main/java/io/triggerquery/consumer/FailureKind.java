package io.triggerquery.consumer;

/** The kinds of failures of queries and projections; see {@link FailureRule}. */
public enum FailureKind {

    /**
     * No id could have succeeded: the source or the database is not available, or the credentials are wrong. The ids
     * are retried later, and the source's circuit breaker counts the failure.
     */
    UNAVAILABLE,

    /**
     * One of the ids may be the cause. Several ids are retried at once in smaller batches until each failing one is
     * alone; a single id is retried later.
     */
    RETRYABLE,

    /**
     * The source has refused this id, for example by 409 or 422. Like {@link #RETRYABLE}, except that such failures do
     * not count against the source, and these ids may be deferred early, so that the triggers behind them are read.
     */
    REJECTED,

    /** The id can never succeed. A single id is dead-lettered with the reason; several are retried one by one. */
    PERMANENT,

    /** The source does not have the id. For queries only; from a projection it counts as retryable. */
    ABSENT
}

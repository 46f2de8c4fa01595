package io.triggerquery.bench.peer;

/** What a team puts around its calls of the source. */
enum Protection {
    NONE,

    /** A circuit breaker of Resilience4j, for which a failure of any kind counts. */
    CIRCUIT,

    /** The same, and a second try around it. */
    CIRCUIT_AND_RETRY
}

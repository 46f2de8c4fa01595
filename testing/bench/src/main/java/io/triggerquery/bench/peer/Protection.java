package io.triggerquery.bench.peer;

/** The protection that a team adds to its calls of the source. */
enum Protection {
    NONE,

    /** A circuit breaker of Resilience4j, which counts failures of any kind. */
    CIRCUIT,

    /** The same circuit breaker, and a second attempt around it. */
    CIRCUIT_AND_RETRY
}

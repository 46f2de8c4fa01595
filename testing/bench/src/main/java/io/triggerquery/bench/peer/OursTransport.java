package io.triggerquery.bench.peer;

/** What carries our queries. */
enum OursTransport {

    /** What a user gets who sets nothing: no thread waits for an answer. */
    DEFAULT,

    /** The client of all other peers, as a bean of the application: a thread waits for each answer. */
    BLOCKING
}

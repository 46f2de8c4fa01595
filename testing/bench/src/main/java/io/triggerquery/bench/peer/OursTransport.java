package io.triggerquery.bench.peer;

/** The transport of the framework's queries. */
enum OursTransport {

    /** The default, which needs no thread while a query waits for its answer. */
    DEFAULT,

    /** The client of all other peers, as a bean of the application, which needs a thread for each query. */
    BLOCKING
}

package io.triggerquery.bench.peer;

/** A way to do the work: read triggers, query the state, project it, then commit. */
interface Peer {

    /** Returns what it does not guarantee, in one sentence. */
    String guarantees();

    /**
     * Starts to work. Returns when it has joined its group, or is about to.
     *
     * @return stops it when closed: current work ends or is dropped, and completed work is committed
     */
    AutoCloseable start(Job job) throws Exception;
}

package io.triggerquery.bench.peer;

/** One way of doing the job: read triggers, query the state, project it, then commit. */
interface Peer {

    /** What it does not guarantee, in one sentence. */
    String guarantees();

    /**
     * Begins to work. Returns when it has joined its group, or is about to.
     *
     * @return stops it when closed: what runs ends or is dropped, and what is done is committed
     */
    AutoCloseable start(Job job) throws Exception;
}

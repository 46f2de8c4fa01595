package io.triggerquery.bench.peer;

import java.util.List;
import java.util.Map;

/**
 * A batch listener that gives the records of a poll to a pool, waits for all of them, and lets the container commit.
 *
 * @param coalescing whether it asks once for each different id of a poll, else for each record
 */
record BatchPoolPeer(boolean coalescing) implements Peer {

    private static final int POOL = 64;

    /** Some thirty rounds of the pool: the last, which is not full, does not count for much. */
    private static final int MAX_POLL_RECORDS = 2_000;

    @Override
    public String guarantees() {
        return "Each poll waits for its slowest query"
                + (coalescing ? ", and ids coalesce within one poll only" : "; one id may run twice at once")
                + "; a failing id holds its partition, and what stands behind it in the poll, also of other partitions,"
                + " is done again with each try; after a kill up to a poll (2,000) is done again.";
    }

    @Override
    public AutoCloseable start(Job job) {
        int inFlight = job.settings().inFlight(POOL);
        var query = new HandWrittenQuery(job, inFlight);
        var pool = new Pool(inFlight);
        var container = new BatchListener(ids -> each(ids, pool, query), job.progress())
                .container(job.settings(), MAX_POLL_RECORDS);
        container.start();
        return Closing.of(container::stop, pool, query);
    }

    private Map<String, RuntimeException> each(List<String> ids, Pool pool, HandWrittenQuery query) {
        List<String> asked = coalescing ? ids.stream().distinct().toList() : ids;
        return pool.run(asked.stream().map(id -> Pool.single(query, id)).toList());
    }
}

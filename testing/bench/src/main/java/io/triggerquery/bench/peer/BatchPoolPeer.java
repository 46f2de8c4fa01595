package io.triggerquery.bench.peer;

import java.util.List;
import java.util.Map;

/**
 * A batch listener that gives the records of a poll to a pool, waits for all of them, and lets the container commit.
 *
 * @param coalescing whether it queries each id of a poll once, instead of once for each record
 */
record BatchPoolPeer(boolean coalescing) implements Peer {

    private static final int POOL = 64;

    /** About thirty rounds of the pool, so that the last one, which is not full, has little effect. */
    private static final int MAX_POLL_RECORDS = 2_000;

    @Override
    public String guarantees() {
        return "Each poll waits for its slowest query"
                + (coalescing ? ", and ids coalesce within one poll only" : "; one id may run twice at once")
                + "; a failing id blocks its partition, and the records behind it in the poll, also of other"
                + " partitions, are"
                + " processed again with each attempt; after a kill up to a poll (2,000) is processed again.";
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
        List<String> queried = coalescing ? ids.stream().distinct().toList() : ids;
        return pool.run(queried.stream().map(id -> Pool.single(query, id)).toList());
    }
}

package io.triggerquery.bench.peer;

import java.util.List;
import java.util.Map;

/** The batch listener with a pool, which asks once for each different id of a poll. */
final class BatchDedupPeer implements Peer {

    private static final int POOL = 64;
    private static final int MAX_POLL_RECORDS = 2_000;

    @Override
    public String guarantees() {
        return "Each poll waits for its slowest query, and ids coalesce within one poll only; a failing id holds its"
                + " partition, and what stands behind it in the poll, also of other partitions, is done again with each"
                + " try; after a kill up to a poll (2,000) is done again.";
    }

    @Override
    public AutoCloseable start(Job job) {
        int inFlight = job.settings().inFlight(POOL);
        var query = new HandWrittenQuery(job, inFlight);
        var pool = new Pool(inFlight);
        var container = new BatchListener(ids -> eachOnce(ids, pool, query), job.progress())
                .container(job.settings(), MAX_POLL_RECORDS);
        container.start();
        return Closing.of(container::stop, pool, query);
    }

    private static Map<String, RuntimeException> eachOnce(List<String> ids, Pool pool, HandWrittenQuery query) {
        return pool.run(
                ids.stream().distinct().map(id -> Pool.single(query, id)).toList());
    }
}

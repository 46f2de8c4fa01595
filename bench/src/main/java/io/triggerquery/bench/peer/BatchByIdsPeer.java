package io.triggerquery.bench.peer;

import feign.FeignException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The best that a team writes by hand: the different ids of a poll in calls of 100, each projected in one transaction,
 * 64 at once, then the commit. When the source fails on a call, its ids are asked for one by one, so that one bad id
 * does not hold the other 99.
 */
final class BatchByIdsPeer implements Peer {

    private static final int POOL = 64;
    private static final int IDS_IN_A_CALL = 100;

    /** One round of the pool. */
    private static final int MAX_POLL_RECORDS = POOL * IDS_IN_A_CALL;

    @Override
    public String guarantees() {
        return "Each poll waits for its slowest call, and ids coalesce within one poll only; a failing id holds its"
                + " partition, and what stands behind it in the poll, also of other partitions, is done again with each"
                + " try; after a kill up to a poll (6,400) is done again.";
    }

    @Override
    public AutoCloseable start(Job job) {
        int inFlight = job.settings().inFlight(POOL);
        var query = new HandWrittenQuery(job, inFlight);
        var pool = new Pool(inFlight);
        var container = new BatchListener(ids -> byIds(ids, pool, query), job.progress())
                .container(job.settings(), MAX_POLL_RECORDS);
        container.start();
        return Closing.of(container::stop, pool, query);
    }

    private static Map<String, RuntimeException> byIds(List<String> ids, Pool pool, HandWrittenQuery query) {
        List<String> different = ids.stream().distinct().toList();
        List<Pool.Part> calls = new ArrayList<>();
        for (int from = 0; from < different.size(); from += IDS_IN_A_CALL) {
            calls.add(call(query, different.subList(from, Math.min(from + IDS_IN_A_CALL, different.size()))));
        }
        return pool.run(calls);
    }

    private static Pool.Part call(HandWrittenQuery query, List<String> ids) {
        return failures -> {
            try {
                query.refresh(ids);
            } catch (FeignException.InternalServerError oneOfThem) {
                ids.forEach(id -> Pool.single(query, id).run(failures));
            } catch (RuntimeException failure) {
                ids.forEach(id -> failures.put(id, failure));
            }
        };
    }
}

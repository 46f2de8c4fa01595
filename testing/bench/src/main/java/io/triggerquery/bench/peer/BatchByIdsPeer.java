package io.triggerquery.bench.peer;

import feign.FeignException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * The best listener that a team writes by hand: the distinct ids of a poll in calls of 100, each projected in one
 * transaction, 64 at once, then the commit. If a call fails, its ids are queried one by one, so that one bad id does
 * not hold the other 99.
 *
 * @param protection the protection of the calls
 * @param maxPollRecords the largest number of records in a poll
 * @param splits the failures of a call after which its ids are queried one by one
 */
record BatchByIdsPeer(Protection protection, int maxPollRecords, Predicate<RuntimeException> splits) implements Peer {

    private static final int POOL = 64;
    private static final int IDS_IN_A_CALL = 100;

    /**
     * Creates a peer whose polls have as many records as the pool queries at once, and which queries ids one by one
     * only after an internal error of the source.
     */
    static BatchByIdsPeer fast() {
        return new BatchByIdsPeer(
                Protection.CIRCUIT_AND_RETRY,
                POOL * IDS_IN_A_CALL,
                FeignException.InternalServerError.class::isInstance);
    }

    /** Creates a peer whose polls have Kafka's default size, and which queries ids one by one after any failure. */
    static BatchByIdsPeer plain(Protection protection) {
        return new BatchByIdsPeer(protection, ConsumerConfig.DEFAULT_MAX_POLL_RECORDS, failure -> true);
    }

    @Override
    public String guarantees() {
        return "Each poll waits for its slowest call, and ids coalesce within one poll only; a failing id blocks its"
                + " partition, and the records behind it in the poll, also of other partitions, are processed again"
                + " with each attempt; after a kill up to a poll (" + maxPollRecords + ") is processed again.";
    }

    @Override
    public AutoCloseable start(Job job) {
        int inFlight = job.settings().inFlight(POOL);
        var query = new HandWrittenQuery(job, inFlight, protection);
        var pool = new Pool(inFlight);
        var container = new BatchListener(ids -> byIds(ids, pool, query), job.progress())
                .container(job.settings(), maxPollRecords);
        container.start();
        return Closing.of(container::stop, pool, query);
    }

    private Map<String, RuntimeException> byIds(List<String> ids, Pool pool, HandWrittenQuery query) {
        List<String> different = ids.stream().distinct().toList();
        List<Pool.Part> calls = new ArrayList<>();
        for (int from = 0; from < different.size(); from += IDS_IN_A_CALL) {
            calls.add(call(query, different.subList(from, Math.min(from + IDS_IN_A_CALL, different.size()))));
        }
        return pool.run(calls);
    }

    private Pool.Part call(HandWrittenQuery query, List<String> ids) {
        return failures -> {
            try {
                query.refresh(ids);
            } catch (RuntimeException failure) {
                boolean split = splits.test(failure);
                ids.forEach(split ? id -> Pool.single(query, id).run(failures) : id -> failures.put(id, failure));
            }
        };
    }
}

package io.triggerquery.bench.peer;

import io.triggerquery.bench.id.PaymentIds;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A limit: the client of the hand-written query alone, 100 ids in a call, without Kafka.
 *
 * @param threads the number of concurrent calls
 */
record HttpByIdsPeer(int threads) implements Peer {

    private static final int IDS_IN_A_CALL = 100;

    @Override
    public String guarantees() {
        return "Nothing is guaranteed: it reads no triggers, and only shows how fast the source answers queries of"
                + " 100 ids.";
    }

    @Override
    public AutoCloseable start(Job job) {
        int ids = job.settings().ids();
        var all = new PaymentIds(ids);
        int inFlight = job.settings().inFlight(threads);
        var client = new FeignClient(job.settings().source().url(), inFlight);
        var callers = new Callers(inFlight, ids, IDS_IN_A_CALL);
        callers.start(inFlight, (first, last) -> {
            List<Billing> billings = client.byIds(
                    IntStream.rangeClosed(first, last).mapToObj(all::text).toList());
            job.projection().project(billings);
            billings.forEach(job.progress()::projected);
            job.progress().settled(billings.size());
        });
        return Closing.of(callers, client);
    }
}

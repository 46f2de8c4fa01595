package io.triggerquery.bench.peer;

import io.triggerquery.bench.id.PaymentIds;

/**
 * A limit: the client of the hand-written query alone, one id in a call, without Kafka.
 *
 * @param threads the number of concurrent calls
 */
record HttpPeer(int threads) implements Peer {

    @Override
    public String guarantees() {
        return "Nothing is guaranteed: it reads no triggers, and only shows how fast the source answers queries of"
                + " one id.";
    }

    @Override
    public AutoCloseable start(Job job) {
        int ids = job.settings().ids();
        var all = new PaymentIds(ids);
        int inFlight = job.settings().inFlight(threads);
        var client = new FeignClient(job.settings().source().url(), inFlight);
        var callers = new Callers(inFlight, ids, 1);
        callers.start(inFlight, (number, same) -> {
            Billing billing = client.byId(all.text(number));
            job.projection().project(billing);
            job.progress().projected(billing);
            job.progress().settled(1);
        });
        return Closing.of(callers, client);
    }
}

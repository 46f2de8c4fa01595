package io.triggerquery.bench.peer;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.triggerquery.bench.id.PaymentIds;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.query.Failures;
import io.triggerquery.consumer.internal.query.SourceMethods;
import io.triggerquery.consumer.internal.query.SourceSettings;
import io.triggerquery.consumer.internal.query.Sources;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * A limit: the framework's query with its default transport, one id in a call, without Kafka and without the engine.
 *
 * @param threads the number of concurrent calls
 */
record HttpOursPeer(int threads) implements Peer {

    private static final int MAX_ANSWER_BYTES = 1 << 20;
    private static final Duration CIRCUIT_OPEN_FOR = Duration.ofSeconds(5);

    @Override
    public String guarantees() {
        return "Nothing is guaranteed: it reads no triggers, and only shows how fast the framework's transport"
                + " queries one id.";
    }

    @Override
    public AutoCloseable start(Job job) {
        int ids = job.settings().ids();
        var all = new PaymentIds(ids);
        int inFlight = job.settings().inFlight(threads);
        var sources = new Sources(CircuitBreakerRegistry.ofDefaults(), Sources.Feign.plain(), new Failures(List.of()));
        Query<Object> query = query(sources, job.settings().source().url(), inFlight);
        var callers = new Callers(inFlight, ids, 1);
        callers.start(inFlight, (number, same) -> {
            Billing billing = ask(query, all.text(number));
            job.projection().project(billing);
            job.progress().projected(billing);
            job.progress().settled(1);
        });
        return Closing.of(callers, sources);
    }

    private static Query<Object> query(Sources sources, URI url, int inFlight) {
        var protection = new SourceSettings.Protection(CIRCUIT_OPEN_FOR, inFlight, 1);
        var limits = new SourceSettings.Limits(Duration.ofSeconds(1), Duration.ofSeconds(5), MAX_ANSWER_BYTES);
        var settings = new SourceSettings(url, limits, protection);
        return sources.query(SourceMethods.of(BillingSource.class), url, settings);
    }

    private static Billing ask(Query<Object> query, String id) throws Exception {
        if (query.ask(List.of(id), 0).toCompletableFuture().get() instanceof Answer.Given<Object> given
                && given.snapshots().get(id) instanceof Snapshot.Found<Object> found) {
            return (Billing) found.state();
        }
        throw new IllegalStateException("no answer for " + id);
    }
}

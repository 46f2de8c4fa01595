package io.triggerquery.consumer.test;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.query.Failures;
import io.triggerquery.consumer.internal.query.QueryBean;
import io.triggerquery.consumer.internal.query.SourceDefinition;
import io.triggerquery.consumer.internal.query.SourceMethods;
import io.triggerquery.consumer.internal.query.SourceSettings;
import io.triggerquery.consumer.internal.query.Sources;
import io.triggerquery.consumer.spi.SourceQuery;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The real query with a scripted client. The circuit breaker and the short retry within a call are off, since they
 * depend on real time. So one scripted failure is one failed round.
 */
final class ScriptedQuery implements Query<Object> {

    private final Query<Object> real;

    ScriptedQuery(SourceDefinition source, Object client, SourceSettings.Protection protection, Failures failures) {
        var circuits = CircuitBreakerRegistry.ofDefaults();
        circuits.circuitBreaker(source.sourceName()).transitionToDisabledState();
        var sources = new Sources(circuits, Sources.Feign.plain(), failures);
        real = source instanceof SourceMethods methods
                ? sources.query(methods, client, protection)
                : sources.query((QueryBean) source, (SourceQuery<?>) client, protection);
    }

    @Override
    public int maxIds() {
        return real.maxIds();
    }

    @Override
    public CompletionStage<Answer<Object>> ask(List<String> ids, int unanswered) throws Exception {
        return real.ask(ids, Math.max(1, unanswered)); // positive, so that a call is not retried
    }
}

package io.triggerquery.consumer.test;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.query.Failures;
import io.triggerquery.consumer.internal.query.SourceMethods;
import io.triggerquery.consumer.internal.query.SourceSettings;
import io.triggerquery.consumer.internal.query.Sources;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The real query with a scripted client. The circuit breaker and the short retry within a call are off, since they
 * depend on real time. So one scripted failure is one failed round.
 */
final class ScriptedQuery implements Query<Object> {

    private final Query<Object> real;

    ScriptedQuery(SourceMethods methods, Object client, SourceSettings.Protection protection, Failures failures) {
        var circuits = CircuitBreakerRegistry.ofDefaults();
        circuits.circuitBreaker(methods.sourceName()).transitionToDisabledState();
        real = new Sources(circuits, Sources.Feign.plain(), failures).query(methods, client, protection);
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

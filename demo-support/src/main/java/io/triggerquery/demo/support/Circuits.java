package io.triggerquery.demo.support;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Provides the registry of circuit breakers, and remembers since when each has not been closed. */
@Configuration(proxyBeanMethods = false)
final class Circuits {

    private final Map<String, Instant> opened = new ConcurrentHashMap<>();

    @Bean
    CircuitBreakerRegistry circuitBreakers() {
        CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
        registry.getEventPublisher().onEntryAdded(added -> watch(added.getAddedEntry()));
        return registry;
    }

    @Nullable
    Instant openSince(String name) {
        return opened.get(name);
    }

    private void watch(CircuitBreaker circuit) {
        circuit.getEventPublisher().onStateTransition(this::note);
    }

    private void note(CircuitBreakerOnStateTransitionEvent change) {
        if (change.getStateTransition().getToState() == State.CLOSED) {
            opened.remove(change.getCircuitBreakerName());
        } else {
            opened.putIfAbsent(change.getCircuitBreakerName(), Instant.now());
        }
    }
}

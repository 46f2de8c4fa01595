package io.triggerquery.consumer.internal.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.consumer.internal.failure.FailureSummary;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts failures by the class of their cause: {@code triggerquery.failure.causes}, with the tags {@code listener} and
 * {@code exception}.
 *
 * <p>Threads: any. Bounds: {@value #MAX_CLASSES} classes, or a few more if threads meet; further ones are counted as
 * {@code other}.
 */
final class FailureCauses {

    static final int MAX_CLASSES = 50;

    private final MeterRegistry registry;
    private final String listenerId;
    private final Set<String> classes = ConcurrentHashMap.newKeySet();

    FailureCauses(MeterRegistry registry, String listenerId) {
        this.registry = registry;
        this.listenerId = listenerId;
    }

    void count(Throwable cause) {
        String type = cause instanceof FailureSummary summary
                ? summary.type()
                : cause.getClass().getName();
        String name = type.substring(type.lastIndexOf('.') + 1);
        if (!classes.contains(name)) {
            if (classes.size() >= MAX_CLASSES) {
                name = "other";
            } else {
                classes.add(name);
            }
        }
        registry.counter("triggerquery.failure.causes", "listener", listenerId, "exception", name)
                .increment();
    }
}

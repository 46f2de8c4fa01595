package io.triggerquery.consumer.internal.actuate;

import io.triggerquery.consumer.internal.engine.EngineStatus;
import io.triggerquery.consumer.internal.failure.MemoryWatch;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import io.triggerquery.consumer.internal.listener.ListenerReport;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health indicator {@code triggerQuery}.
 *
 * <p>DOWN if a partition with an open delivery has had the same watermark for too long, if a listener has been
 * suspended or unable to read for too long, if a container was stopped by an error, or if the process has run out of
 * memory. UP otherwise.
 *
 * <p>A listener cannot read while its poll or an interceptor throws, and while its group's coordinator does not answer
 * its consumers: the broker is not available, or rejects them in a way that the poll does not report.
 *
 * <p>Ids that fail are not DOWN: each delays only itself, and after {@code defer-after} its trigger is
 * deferred and the watermark passes it. An open circuit breaker is not DOWN at first either: the other service fails,
 * and this one waits. Both have meters. A watermark that does not move means that triggers that were read are no longer
 * settled. Possible causes are a source or a database that stays unavailable, a projection that hangs, and a retry
 * topic that cannot be written.
 *
 * <p>A restart helps only after running out of memory, so do not add this indicator to a liveness probe; Spring Boot
 * does not add it. To restart after running out of memory, run the process with {@code -XX:+ExitOnOutOfMemoryError}.
 *
 * <p>It measures between health checks: a watermark that does not move is detected by the second of two checks that are
 * at least that time apart.
 *
 * <p>Threads: any, one at a time. Failure: none.
 */
public final class TriggerQueryHealthIndicator implements HealthIndicator {

    private final Supplier<List<ListenerOperations>> listeners;
    private final Duration stuckAfter;
    private final LongSupplier nanoTime;
    private final MemoryWatch memory;
    private final Map<String, Progress> progress = new HashMap<>();
    private final Map<String, Long> withoutGroupSince = new HashMap<>();

    /**
     * Creates the indicator.
     *
     * @param listeners the listeners of this process
     * @param stuckAfter how long a watermark may stay the same, or a listener be suspended or unable to read
     * @param nanoTime a monotonic clock
     * @param memory reports whether the process has run out of memory
     */
    public TriggerQueryHealthIndicator(
            Supplier<List<ListenerOperations>> listeners,
            Duration stuckAfter,
            LongSupplier nanoTime,
            MemoryWatch memory) {
        this.listeners = listeners;
        this.stuckAfter = stuckAfter;
        this.nanoTime = nanoTime;
        this.memory = memory;
    }

    @Override
    public synchronized Health health() {
        Health.Builder health = Health.up();
        if (memory.ranOut()) {
            health.down().withDetail("memory", "has run out since the start; restart this process");
        }
        for (ListenerOperations listener : listeners.get()) {
            Map<String, Object> details = new TreeMap<>();
            if (!isHealthy(listener, details)) {
                health.down();
            }
            health.withDetail(listener.id(), details);
        }
        return health.build();
    }

    private boolean isHealthy(ListenerOperations listener, Map<String, Object> details) {
        EngineStatus status = listener.status();
        details.put("pending", status.pending());
        details.put("waiting", status.waiting());
        details.put("held", status.held());
        EngineStatus.Suspended suspended = status.suspended();
        if (suspended != null) {
            details.put("suspended", ListenerReport.line(suspended));
        }
        boolean isSuspended = suspended != null && isTooLong(suspended.lasts());
        int healthyDetails = details.size();
        stuck(listener, status)
                .forEach((partition, duration) ->
                        details.put(partition, "the watermark has not moved for " + duration.toSeconds() + " s"));
        if (listener.hasStoppedByError()) {
            details.put("container", "stopped by an error; see the log");
        }
        listener.readFailure()
                .filter(failure -> isTooLong(failure.lasting()))
                .ifPresent(failure -> details.put(
                        "reading", "has failed for " + failure.lasting().toSeconds() + " s: " + failure.cause()));
        Duration sinceHeartbeat = sinceHeartbeat(listener);
        if (isTooLong(sinceHeartbeat)) {
            details.put("group", "its coordinator has not answered for " + sinceHeartbeat.toSeconds() + " s");
        }
        return details.size() == healthyDetails && !isSuspended;
    }

    private Map<String, Duration> stuck(ListenerOperations listener, EngineStatus status) {
        Map<String, Duration> stuck =
                progress.computeIfAbsent(listener.id(), id -> new Progress()).update(status, nanoTime.getAsLong());
        stuck.values().removeIf(duration -> !isTooLong(duration));
        return stuck;
    }

    /**
     * Returns how long the coordinator of the listener's group has not answered, as far as this indicator has measured.
     */
    private Duration sinceHeartbeat(ListenerOperations listener) {
        Duration sinceHeartbeat =
                listener.isReading() ? listener.lastHeartbeat().orElse(null) : Duration.ZERO;
        if (sinceHeartbeat != null) {
            withoutGroupSince.remove(listener.id());
            return sinceHeartbeat;
        }
        long now = nanoTime.getAsLong();
        return Duration.ofNanos(now - withoutGroupSince.computeIfAbsent(listener.id(), id -> now));
    }

    private boolean isTooLong(Duration duration) {
        return duration.compareTo(stuckAfter) >= 0;
    }
}

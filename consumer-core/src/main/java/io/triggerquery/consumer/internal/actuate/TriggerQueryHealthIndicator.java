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
 * <p>DOWN if a partition's watermark has not moved for a while although something in it is open, if a listener has been
 * suspended or unable to read for a while, if a container has stopped by itself, or if the process has run out of memory.
 * UP otherwise.
 *
 * <p>A listener cannot read while its poll or an interceptor throws, and while its group's coordinator does not answer its
 * consumers: the broker is away, or refuses them in a way that the poll does not tell.
 *
 * <p>Ids that fail are not DOWN: each delays only itself, and after {@code triggerquery.defer-after} its trigger is deferred
 * and the watermark passes it. Nor is an open circuit, at first: it is the other service that is unwell, and this one
 * waits as it should. Both have meters. A watermark that stands still means that what is read is no longer finished, which
 * a source or a database that stays away, a projection that hangs, or a retry topic that cannot be written can all cause.
 *
 * <p>None of these but the last is healed by a restart, so this belongs in no liveness probe; Spring Boot puts it in none by
 * itself. For the last, run the process with {@code -XX:+ExitOnOutOfMemoryError}.
 *
 * <p>It measures from one look to the next: that a watermark stands still is noticed once health has been asked for twice,
 * at least that while apart.
 *
 * <p>Threads: any, one at a time. Failure: none.
 */
public final class TriggerQueryHealthIndicator implements HealthIndicator {

    private final Supplier<List<ListenerOperations>> listeners;
    private final Duration stuckAfter;
    private final LongSupplier nanoTime;
    private final MemoryWatch memory;
    private final Map<String, Progress> progress = new HashMap<>();
    private final Map<String, Long> withoutGroup = new HashMap<>();

    /**
     * Creates the indicator.
     *
     * @param listeners the listeners of this process
     * @param stuckAfter how long a watermark may stand still, or a listener be suspended or unable to read
     * @param nanoTime a monotonic clock
     * @param memory knows whether the process has run out of it
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
            if (!isWell(listener, details)) {
                health.down();
            }
            health.withDetail(listener.id(), details);
        }
        return health.build();
    }

    private boolean isWell(ListenerOperations listener, Map<String, Object> details) {
        EngineStatus now = listener.status();
        details.put("pending", now.pending());
        details.put("waiting", now.waiting());
        details.put("held", now.held());
        EngineStatus.Suspended suspended = now.suspended();
        if (suspended != null) {
            details.put("suspended", ListenerReport.line(suspended));
        }
        boolean isSuspended = suspended != null && isLong(suspended.lasts());
        int inOrder = details.size();
        stuck(listener, now)
                .forEach((partition, duration) ->
                        details.put(partition, "the watermark has not moved for " + duration.toSeconds() + " s"));
        if (listener.hasGivenUp()) {
            details.put("container", "stopped by an error; see the log");
        }
        listener.readTrouble()
                .filter(trouble -> isLong(trouble.lasting()))
                .ifPresent(trouble -> details.put(
                        "reading", "fails for " + trouble.lasting().toSeconds() + " s: " + trouble.cause()));
        Duration silence = silence(listener);
        if (isLong(silence)) {
            details.put("group", "its coordinator has not answered for " + silence.toSeconds() + " s");
        }
        return details.size() == inOrder && !isSuspended;
    }

    private Map<String, Duration> stuck(ListenerOperations listener, EngineStatus now) {
        Map<String, Duration> stuck =
                progress.computeIfAbsent(listener.id(), id -> new Progress()).look(now, nanoTime.getAsLong());
        stuck.values().removeIf(duration -> !isLong(duration));
        return stuck;
    }

    /** For how long nothing has come from the listener's group, as far as anybody has looked. */
    private Duration silence(ListenerOperations listener) {
        Duration sinceHeartbeat =
                listener.isReading() ? listener.lastHeartbeat().orElse(null) : Duration.ZERO;
        if (sinceHeartbeat != null) {
            withoutGroup.remove(listener.id());
            return sinceHeartbeat;
        }
        long now = nanoTime.getAsLong();
        return Duration.ofNanos(now - withoutGroup.computeIfAbsent(listener.id(), id -> now));
    }

    private boolean isLong(Duration duration) {
        return duration.compareTo(stuckAfter) >= 0;
    }
}

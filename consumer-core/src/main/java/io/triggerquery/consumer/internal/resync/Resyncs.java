package io.triggerquery.consumer.internal.resync;

import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.ResyncSource;
import io.triggerquery.consumer.internal.engine.TriggerEngine;
import io.triggerquery.consumer.internal.id.IdRule;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The resyncs of all listeners, and their threads.
 *
 * <p>Threads: one for each listener that has a {@link ResyncSource}, since a run blocks while it lists, observes its
 * rate and waits for its requests. The thread checks once a second whether a run is due. The timer of the back-offs and
 * the workers are never used. Bounds: a stop waits for a second at most; the thread of a source that still hangs is
 * abandoned.
 */
public final class Resyncs implements SmartLifecycle {

    private static final long CHECK_INTERVAL_MILLIS = 1_000;
    private static final long STOP_TIMEOUT_MILLIS = 500;

    private final Supplier<Stream<ResyncSource>> sources;
    private final Supplier<Stream<ProjectedVersions>> projections;
    private final ResyncProgress progress;
    private final InstantSource clock;
    private final StoppableSleeper sleeper = new StoppableSleeper();
    private final SortedMap<String, Resync> byListener = new TreeMap<>();
    private final Map<String, ProjectedVersions> projectedByListener = new HashMap<>();
    private final Map<String, ResyncSource> sourceByListener = new HashMap<>();
    private @Nullable ScheduledThreadPoolExecutor threads;

    /** Creates an instance without listeners; {@link #add} adds them. */
    public Resyncs(
            Supplier<Stream<ResyncSource>> sources,
            Supplier<Stream<ProjectedVersions>> projections,
            ResyncProgress progress,
            InstantSource clock) {
        this.sources = sources;
        this.projections = projections;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Adds a listener and returns its resync.
     *
     * @param topic the topic of which partition 0 decides which instance runs the resync, and of its triggers
     * @param rule the rule for its ids; listed ids that it does not permit are skipped
     * @param ownVersions the versions in its projection if no bean is for it, or null; called by several threads
     * @throws FailureAnalyzedException if several sources or projections name it
     */
    public Resync add(
            String listener,
            String topic,
            TriggerEngine engine,
            ResyncSettings settings,
            IdRule rule,
            @Nullable ProjectedVersions ownVersions) {
        var target = new EngineTarget(engine, topic, clock);
        ResyncSource pages = only(ResyncSource.class, sources.get(), ResyncSource::listener, listener);
        ResyncSource source = pages == null ? null : OneAtATime.of(pages);
        if (source != null) {
            sourceByListener.put(listener, source);
        }
        ProjectedVersions bean =
                only(ProjectedVersions.class, projections.get(), ProjectedVersions::listener, listener);
        ProjectedVersions projected = bean == null ? ownVersions : OneAtATime.of(bean);
        if (projected != null) {
            projectedByListener.put(listener, projected);
        }
        ResyncRun run = source == null
                ? null
                : new ResyncRun(
                        new PageComparison(source, projected, rule),
                        target,
                        new Throttle(settings, target, sleeper, System::nanoTime),
                        clock);
        var resync = new Resync(listener, target, run, progress, settings, clock);
        byListener.put(listener, resync);
        return resync;
    }

    /**
     * Checks the names of all beans; called when all listeners have been added.
     *
     * @throws FailureAnalyzedException if a source or projection names a listener that does not exist
     */
    public void checkNames() {
        sources.get().forEach(source -> checkName(ResyncSource.class, source, source.listener()));
        projections.get().forEach(projected -> checkName(ProjectedVersions.class, projected, projected.listener()));
    }

    private void checkName(Class<?> type, Object bean, String listener) {
        if (!byListener.containsKey(listener)) {
            throw new FailureAnalyzedException(
                    "The " + type.getSimpleName() + " " + bean.getClass().getName() + " is for the trigger listener '"
                            + listener + "', which does not exist.",
                    "Return the id of one of these from listener(): " + String.join(", ", byListener.keySet()) + ".");
        }
    }

    private static <T> @Nullable T only(Class<T> type, Stream<T> all, Function<T, String> name, String listener) {
        return all.filter(one -> name.apply(one).equals(listener))
                .reduce((one, other) -> {
                    throw new FailureAnalyzedException(
                            "The trigger listener '" + listener + "' has two beans of type " + type.getName() + ": "
                                    + one.getClass().getName() + " and "
                                    + other.getClass().getName() + ".",
                            "Remove one of them.");
                })
                .orElse(null);
    }

    /** Returns the resync of a listener, or empty if the listener does not exist. */
    public Optional<Resync> of(String listener) {
        return Optional.ofNullable(byListener.get(listener));
    }

    /** Returns the versions in a listener's projection, or empty if there is no bean for them. */
    public Optional<ProjectedVersions> projectedVersions(String listener) {
        return Optional.ofNullable(projectedByListener.get(listener));
    }

    /** Returns the list of a listener's source, or empty if there is no bean for it. */
    public Optional<ResyncSource> source(String listener) {
        return Optional.ofNullable(sourceByListener.get(listener));
    }

    /** Returns all resyncs, by the ids of their listeners. */
    public Map<String, Resync> all() {
        return Map.copyOf(byListener);
    }

    @Override
    public synchronized void start() {
        var running = byListener.values().stream().filter(Resync::hasSource).toList();
        if (threads != null || running.isEmpty()) {
            return;
        }
        sleeper.begin();
        var factory = new CustomizableThreadFactory("triggerquery-resync-");
        factory.setDaemon(true); // a source that hangs must not keep the process alive
        var started = new ScheduledThreadPoolExecutor(running.size(), factory);
        running.forEach(resync -> started.scheduleWithFixedDelay(
                () -> resync.tick(sleeper), CHECK_INTERVAL_MILLIS, CHECK_INTERVAL_MILLIS, TimeUnit.MILLISECONDS));
        threads = started;
    }

    @Override
    public synchronized void stop() {
        ScheduledThreadPoolExecutor stopping = threads;
        if (stopping == null) {
            return;
        }
        threads = null;
        sleeper.end();
        stopping.shutdown();
        try {
            if (!stopping.awaitTermination(STOP_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
                stopping.shutdownNow();
                stopping.awaitTermination(STOP_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException interrupted) {
            stopping.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return threads != null;
    }

    /** Returns a phase in which it starts after the containers and stops before them. */
    @Override
    public int getPhase() {
        return AbstractMessageListenerContainer.DEFAULT_PHASE + 1;
    }
}

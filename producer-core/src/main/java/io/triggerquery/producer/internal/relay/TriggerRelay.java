package io.triggerquery.producer.internal.relay;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sends the triggers of a store and removes them.
 *
 * <p>Threads: one of its own uses the store, and each destination with entries to send has another, so that a failing
 * one does not delay the others. {@link #wakeUp()} may be called from any and returns at once. Bounds: one batch in
 * memory for each destination, one pending wake-up. Failure: retries without limit, by the schedule; several relays may
 * share a table; after a kill nothing that the store keeps is lost, and a trigger may be sent twice. What a listener
 * throws is logged and otherwise ignored.
 */
public final class TriggerRelay implements SmartLifecycle {

    /** Stops after web servers, message listeners and everything else that may still publish; starts before these. */
    public static final int PHASE = DEFAULT_PHASE - 4096;

    /** A send in progress ends within this time. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(6);

    private static final Duration REPORT_TIMEOUT = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(TriggerRelay.class);

    private final RelayRuntime runtime;
    private final TriggerStore store;
    private final RelaySettings settings;
    private final List<DestinationWorker> workers;
    private final StoreFailures storeFailures;
    private final UnconfiguredDestinations unconfigured;
    private final RelayPass pass;
    private final AtomicBoolean wakeUpPending = new AtomicBoolean();
    private final Deliveries deliveries;
    private final NextPass nextPass;
    private volatile @Nullable ScheduledExecutorService thread;
    private volatile boolean stopping;

    /**
     * Creates a relay that starts with the application context.
     *
     * @param name the name of its store in alarms
     * @param destinations the logical destinations that it sends to
     */
    public TriggerRelay(
            String name,
            TriggerStore store,
            BatchDelivery delivery,
            Collection<String> destinations,
            RelaySettings settings,
            RelayListener listener) {
        this(RelayRuntime.named(name), store, delivery, destinations, settings, listener);
    }

    TriggerRelay(
            RelayRuntime runtime,
            TriggerStore store,
            BatchDelivery delivery,
            Collection<String> destinations,
            RelaySettings settings,
            RelayListener listener) {
        this.runtime = runtime;
        this.store = store;
        this.settings = settings;
        RelayListener guarded = CompositeRelayListener.of(List.of(listener));
        this.nextPass = new NextPass(runtime, this::runPass);
        this.deliveries = new Deliveries(delivery, this::onDelivered);
        this.storeFailures = new StoreFailures(
                runtime.name(), guarded, runtime::nanoTime, settings.schedule().random());
        TriggerStore watched = new WatchedStore(store, storeFailures);
        this.workers = destinations.stream()
                .sorted()
                .map(destination ->
                        new DestinationWorker(destination, watched, deliveries, settings, backoff(), guarded))
                .toList();
        this.unconfigured = new UnconfiguredDestinations(runtime.name(), backoff(), guarded);
        this.pass = new RelayPass(store, workers, storeFailures, unconfigured);
    }

    private RelayBackoff backoff() {
        return new RelayBackoff(settings.schedule(), settings.drainPerSecond(), runtime::nanoTime);
    }

    /** Returns its store. */
    public TriggerStore store() {
        return store;
    }

    /** Returns the current state of each destination. */
    public Map<String, DestinationState> destinationStates() {
        return workers.stream().collect(Collectors.toMap(DestinationWorker::destination, DestinationWorker::state));
    }

    /** Returns the cause of its store's failure; empty if the store works or has failed only once. */
    public Optional<String> storeFailure() {
        return storeFailures.cause();
    }

    /** Returns the number of entries of each destination that is not configured, counted every five minutes. */
    public Map<String, Long> unconfiguredDestinations() {
        return unconfigured.found();
    }

    /** Returns for how long its next pass has been due; zero if the loop is in time. It grows while a pass hangs. */
    public Duration overdue() {
        return nextPass.overdue();
    }

    /**
     * Makes entries that are postponed due now and ends the pauses of their destination and of the store, also if the
     * store fails again and this method throws.
     *
     * @param id the id to retry, or null for all of the destination
     * @return the number of entries that were postponed
     */
    public int retry(String destination, @Nullable String id) {
        workers(destination).forEach(worker -> worker.backoff().retryNow());
        storeFailures.retryNow();
        try {
            return store.retry(destination, id);
        } finally {
            drain(destination);
        }
    }

    /**
     * Makes parked entries due now.
     *
     * @param id the id to unpark, or null for all of the destination
     * @return the number of these entries
     */
    public int unpark(String destination, @Nullable String id) {
        int unparked = store.unpark(destination, id);
        drain(destination);
        return unparked;
    }

    private void drain(String destination) {
        execute(() -> workers(destination).forEach(worker -> worker.backoff().startDrain()));
        wakeUp();
    }

    private Stream<DestinationWorker> workers(String destination) {
        return workers.stream().filter(worker -> worker.destination().equals(destination));
    }

    /** Requests a pass soon; called when entries may have been added. */
    public void wakeUp() {
        // after a stop, the next start or another instance finds the entries
        if (thread != null && wakeUpPending.compareAndSet(false, true) && !execute(this::onWakeUp)) {
            wakeUpPending.set(false);
        }
    }

    /** Returns whether the work will be run. */
    private boolean execute(Runnable work) {
        ScheduledExecutorService current = thread;
        try {
            if (current != null) {
                current.execute(work);
            }
            return current != null;
        } catch (RejectedExecutionException stopped) {
            return false;
        }
    }

    private void onDelivered(String destination) {
        execute(() -> scheduleNext(pass.continueWith(destination, () -> !stopping, settings.pollInterval())));
    }

    private void onWakeUp() {
        // before the pass, so that an entry added during it wakes the relay up again
        wakeUpPending.set(false);
        runPass();
    }

    private void runPass() {
        Duration pause = settings.pollInterval();
        try {
            pause = pass.run(() -> !stopping, pause);
        } finally {
            scheduleNext(pause);
        }
    }

    private void scheduleNext(Duration pause) {
        ScheduledExecutorService current = thread;
        if (current != null && !stopping) {
            nextPass.scheduleWithin(pause, current);
        }
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            ScheduledExecutorService started = runtime.newThread();
            deliveries.start(runtime.newSenders());
            wakeUpPending.set(false);
            stopping = false;
            nextPass.reset();
            thread = started;
            started.execute(() -> {
                pass.startDrain();
                runPass();
            });
        }
    }

    /**
     * Ends after the sends in progress, at most after {@link #longestStop()}. If the settings contain a drain, all
     * entries are tried once more first, also those that are postponed or whose destination is away, and the backlog is
     * sent for that time.
     */
    @Override
    public synchronized void stop() {
        ScheduledExecutorService ending = thread;
        if (ending == null) {
            return;
        }
        try {
            if (!settings.drainOnStop().isZero()) {
                ending.execute(pass::retryAll);
                nextPass.repeatUntil(this::isDrained, settings.drainOnStop(), ending);
            }
            stopping = true;
            long deadline = runtime.nanoTime() + STOP_TIMEOUT.toNanos();
            if (!nextPass.repeatUntil(() -> !pass.isBusy(), STOP_TIMEOUT, ending)) {
                log.warn("The relay of {} stops before its last sends end; they may be repeated", runtime.name());
            }
            ending.shutdown();
            ending.awaitTermination(Math.max(0, deadline - runtime.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // entries that are still claimed are due again when their lease ends
        stopping = true;
        ending.shutdownNow();
        deliveries.stop();
        thread = null;
    }

    /** Returns the longest time of a stop, including its reports. */
    public Duration longestStop() {
        return settings.drainOnStop().plus(STOP_TIMEOUT).plus(REPORT_TIMEOUT);
    }

    /** After a pass the entries left of an open destination are postponed, and the others were just tried. */
    private boolean isDrained() {
        return !pass.isBusy()
                && (storeFailures.hasFailed()
                        || workers.stream().noneMatch(worker -> worker.backoff().state() == DestinationState.DRAINING));
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}

package io.triggerquery.producer.internal.relay;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sends the triggers of a store and removes them.
 *
 * <p>Threads: works its store on one thread of its own, and sends each destination's on another while there is something
 * to send, so that one in trouble does not hold up the others; {@link #wakeUp()} may be called from any and returns at
 * once. Bounds: one batch of entries in memory for each destination, one wake-up waiting. Failure: retries for ever, by the schedule; several relays may work on one table;
 * killed at any moment, it loses nothing that its store keeps and may send a trigger twice. What a listener throws is
 * logged and changes nothing.
 */
public final class TriggerRelay implements SmartLifecycle {

    /** Stops after web servers, message listeners and whatever else may still publish; starts before these. */
    public static final int PHASE = DEFAULT_PHASE - 4096;

    /** A send in progress ends within this time. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(6);

    private static final Duration REPORT_PATIENCE = Duration.ofSeconds(2);
    private static final Duration LOOK_AT_STOP = Duration.ofMillis(20);

    private static final Logger log = LoggerFactory.getLogger(TriggerRelay.class);

    private final RelayRuntime runtime;
    private final TriggerStore store;
    private final RelaySettings settings;
    private final List<DestinationWorker> workers;
    private final StoreFailures trouble;
    private final UnconfiguredDestinations strays;
    private final RelayPass round;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Deliveries deliveries;
    private final NextPass nextLook;
    private volatile @Nullable ScheduledExecutorService thread;
    private volatile boolean stopping;

    /**
     * Makes a relay that is started with the application context.
     *
     * @param name what alarms call its store
     * @param destinations the logical destinations that it works
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
        this.nextLook = new NextPass(runtime, this::look);
        this.deliveries = new Deliveries(delivery, this::delivered);
        this.trouble = new StoreFailures(
                runtime.name(), guarded, runtime::nanoTime, settings.schedule().random());
        TriggerStore watched = new WatchedStore(store, trouble);
        this.workers = destinations.stream()
                .sorted()
                .map(destination ->
                        new DestinationWorker(destination, watched, deliveries, settings, backoff(), guarded))
                .toList();
        this.strays = new UnconfiguredDestinations(runtime.name(), backoff(), guarded);
        this.round = new RelayPass(store, workers, trouble, strays);
    }

    private DestinationBackoff backoff() {
        return new DestinationBackoff(settings.schedule(), settings.drainPerSecond(), runtime::nanoTime);
    }

    /** The store that it works. */
    public TriggerStore store() {
        return store;
    }

    /** How each destination is worked just now. */
    public Map<String, DestinationState> destinationStates() {
        return workers.stream().collect(Collectors.toMap(DestinationWorker::destination, DestinationWorker::state));
    }

    /** Why its store fails; empty if it does not, or has failed only once in a row. */
    public Optional<String> storeTrouble() {
        return trouble.cause();
    }

    /** How many entries wait for each destination that is not configured; looked at every five minutes. */
    public Map<String, Long> strays() {
        return strays.found();
    }

    /**
     * Makes entries that are put off due now, and tries their destination now even if it can't be reached. It ends the
     * pause of a store that has failed, also if that fails again and this throws.
     *
     * @param id the one to hurry, or null for all of the destination
     * @return how many were put off
     */
    public int retry(String destination, @Nullable String id) {
        workers(destination).forEach(worker -> worker.backoff().hurry());
        trouble.hurry();
        try {
            return store.retry(destination, id);
        } finally {
            lookAtWhatHasGathered(destination);
        }
    }

    /**
     * Lets parked entries be tried again, now.
     *
     * @param id the one to unpark, or null for all of the destination
     * @return how many
     */
    public int unpark(String destination, @Nullable String id) {
        int unparked = store.unpark(destination, id);
        lookAtWhatHasGathered(destination);
        return unparked;
    }

    private void lookAtWhatHasGathered(String destination) {
        onRelay(() -> workers(destination).forEach(worker -> worker.backoff().gathered()));
        wakeUp();
    }

    private Stream<DestinationWorker> workers(String destination) {
        return workers.stream().filter(worker -> worker.destination().equals(destination));
    }

    /** Looks at the store soon; to be called when entries may have come. */
    public void wakeUp() {
        // what is rejected the next start, or another instance, finds
        if (thread != null && woken.compareAndSet(false, true) && !onRelay(this::awake)) {
            woken.set(false);
        }
    }

    /** Returns whether it will be run. */
    private boolean onRelay(Runnable work) {
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

    private void delivered(String destination) {
        onRelay(() -> lookAfter(round.goOn(destination, this::mayGoOn, settings.pollInterval())));
    }

    private void awake() {
        // before the look, so that an entry added during it wakes the relay again
        woken.set(false);
        look();
    }

    private void look() {
        Duration pause = settings.pollInterval();
        try {
            pause = round.run(this::mayGoOn, pause);
        } finally {
            lookAfter(pause);
        }
    }

    private void lookAfter(Duration pause) {
        ScheduledExecutorService current = thread;
        if (current != null && !stopping) {
            nextLook.within(pause, current);
        }
    }

    private boolean mayGoOn() {
        return !stopping;
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            ScheduledExecutorService started = runtime.newThread();
            deliveries.start(runtime.newSenders());
            woken.set(false);
            stopping = false;
            nextLook.start();
            thread = started;
            started.execute(() -> {
                round.begin();
                look();
            });
        }
    }

    /**
     * Ends after the sends in progress, or after some seconds. If the settings want a drain, everything that waits is tried
     * once more before, also what is put off or can't be reached, and what has gathered is sent for as long as they say.
     */
    @Override
    public synchronized void stop() {
        ScheduledExecutorService ending = thread;
        if (ending == null) {
            return;
        }
        try {
            if (!settings.drainOnStop().isZero()) {
                ending.execute(round::hurry);
                await(ending, this::nothingToWaitFor, settings.drainOnStop());
            }
            stopping = true;
            long deadline = runtime.nanoTime() + STOP_PATIENCE.toNanos();
            if (!await(ending, () -> !round.isBusy(), STOP_PATIENCE)) {
                log.warn("{} stops without knowing what became of its last sends", runtime.name());
            }
            ending.shutdown();
            ending.awaitTermination(Math.max(0, deadline - runtime.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // what is still claimed is due again when its lease has run out
        stopping = true;
        ending.shutdownNow();
        deliveries.stop();
        thread = null;
    }

    /** How long a stop takes at most, and what it reports then included. */
    public Duration longestStop() {
        return settings.drainOnStop().plus(STOP_PATIENCE).plus(REPORT_PATIENCE);
    }

    /** Goes on looking until the end, and waits for that. Returns whether it has come. */
    private boolean await(ScheduledExecutorService on, BooleanSupplier end, Duration atMost)
            throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Future<?> looks = on.scheduleWithFixedDelay(
                () -> {
                    look();
                    if (end.getAsBoolean()) {
                        ended.countDown();
                    }
                },
                0,
                LOOK_AT_STOP.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return runtime.await(ended, atMost);
        } finally {
            looks.cancel(false);
        }
    }

    /** After a look: what is left of an open destination is put off, and what is away has just been tried. */
    private boolean nothingToWaitFor() {
        return !round.isBusy()
                && (trouble.hasFailed()
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

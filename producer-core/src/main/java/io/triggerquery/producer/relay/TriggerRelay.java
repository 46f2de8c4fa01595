package io.triggerquery.producer.relay;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Sends what waits in a store and then forgets it.
 *
 * <p>Threads: works on one thread of its own; {@link #wakeUp()} may be called from any and returns at once. Bounds:
 * one batch of entries in memory, one wake-up waiting. A destination in trouble can hold up the others for the length of
 * one send at each of its attempts. Failure: retries for ever, by the schedule; several relays may work on one table;
 * killed at any moment, it loses nothing that its store keeps and may send a trigger twice. What a listener throws is
 * logged and changes nothing.
 */
public final class TriggerRelay implements SmartLifecycle {

    /** Stops after web servers, message listeners and whatever else may still publish; starts before these. */
    public static final int PHASE = DEFAULT_PHASE - 4096;

    /** A send in progress ends within this time. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(12);

    private static final Duration DRAIN_LOOK = Duration.ofMillis(20);

    private final RelayRuntime runtime;
    private final TriggerStore store;
    private final RelaySettings settings;
    private final List<Lane> lanes;
    private final RelayRound round;
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile @Nullable ScheduledExecutorService thread;

    /**
     * Makes a relay that is started with the application context.
     *
     * @param name of its thread
     * @param destinations the logical destinations that it works
     */
    public TriggerRelay(
            String name,
            TriggerStore store,
            Delivery delivery,
            Collection<String> destinations,
            RelaySettings settings,
            RelayListener listener) {
        this(RelayRuntime.named(name), store, delivery, destinations, settings, listener);
    }

    TriggerRelay(
            RelayRuntime runtime,
            TriggerStore store,
            Delivery delivery,
            Collection<String> destinations,
            RelaySettings settings,
            RelayListener listener) {
        this.runtime = runtime;
        this.store = store;
        this.settings = settings;
        RelayListener guarded = RelayListeners.of(List.of(listener));
        this.lanes = destinations.stream()
                .sorted()
                .map(destination -> new Lane(destination, store, delivery, settings, gate(), guarded))
                .toList();
        this.round = new RelayRound(store, lanes, gate(), gate());
    }

    private Gate gate() {
        return new Gate(settings.schedule(), settings.drainPerSecond(), runtime::nanoTime);
    }

    /** The store that it works. */
    public TriggerStore store() {
        return store;
    }

    /** How each destination is worked just now. */
    public Map<String, GateState> gates() {
        return lanes.stream()
                .collect(Collectors.toMap(Lane::destination, lane -> lane.gate().state()));
    }

    /**
     * Makes entries that are put off due now, and tries their destination now even if it can't be reached.
     *
     * @param id the one to hurry, or null for all of the destination
     * @return how many were put off
     */
    public int retry(String destination, @Nullable String id) {
        int hurried = store.retry(destination, id);
        lanes.stream()
                .filter(lane -> lane.destination().equals(destination))
                .forEach(lane -> lane.gate().hurry());
        wakeUp();
        return hurried;
    }

    /**
     * Lets parked entries be tried again, now.
     *
     * @param id the one to unpark, or null for all of the destination
     * @return how many
     */
    public int unpark(String destination, @Nullable String id) {
        int unparked = store.unpark(destination, id);
        wakeUp();
        return unparked;
    }

    /** Looks at the store soon; to be called when entries may have come. */
    public void wakeUp() {
        ScheduledExecutorService current = thread;
        if (current != null && woken.compareAndSet(false, true)) {
            try {
                current.execute(this::awake);
            } catch (RejectedExecutionException stopping) {
                // the next start, or another instance, finds the entry
                woken.set(false);
            }
        }
    }

    private void awake() {
        // before the look, so that an entry added during it wakes the relay again
        woken.set(false);
        look();
    }

    private Duration look() {
        return round.run(this::mayGoOn, settings.pollInterval());
    }

    private boolean mayGoOn() {
        ScheduledExecutorService current = thread;
        return current != null && !current.isShutdown();
    }

    private void poll(ScheduledExecutorService on) {
        Duration pause = settings.pollInterval();
        try {
            pause = look();
        } finally {
            pollAgain(on, pause);
        }
    }

    private void pollAgain(ScheduledExecutorService on, Duration pause) {
        try {
            on.schedule(() -> poll(on), Math.max(1, pause.toMillis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            // the last look was this one
        }
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            ScheduledExecutorService started = runtime.newThread();
            woken.set(false);
            thread = started;
            started.execute(() -> poll(started));
        }
    }

    /**
     * Ends after the send in progress. If the settings want a drain, everything that waits is tried once more before, also
     * what is put off or can't be reached, and what has gathered is sent for as long as they say.
     */
    @Override
    public synchronized void stop() {
        ScheduledExecutorService stopping = thread;
        if (stopping == null) {
            return;
        }
        try {
            drain(stopping);
            stopping.shutdown();
            if (!stopping.awaitTermination(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                // its claims run out by themselves
                stopping.shutdownNow();
            }
        } catch (InterruptedException e) {
            stopping.shutdownNow();
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    private void drain(ScheduledExecutorService on) throws InterruptedException {
        if (!settings.drainOnStop().isZero()) {
            CountDownLatch drained = new CountDownLatch(1);
            on.execute(round::hurry);
            on.scheduleWithFixedDelay(
                    () -> {
                        look();
                        if (nothingToWaitFor()) {
                            drained.countDown();
                        }
                    },
                    0,
                    DRAIN_LOOK.toMillis(),
                    TimeUnit.MILLISECONDS);
            runtime.await(drained, settings.drainOnStop());
        }
    }

    /** After a look: what is left of an open destination is put off, and one that is away has just been tried. */
    private boolean nothingToWaitFor() {
        return lanes.stream().noneMatch(lane -> lane.gate().state() == GateState.DRAINING);
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

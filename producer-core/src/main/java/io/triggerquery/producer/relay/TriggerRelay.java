package io.triggerquery.producer.relay;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
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
 * killed at any moment, it loses nothing that its store keeps and may send a trigger twice.
 */
public final class TriggerRelay implements SmartLifecycle {

    /** A send in progress ends within this time. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(12);

    private static final Duration DRAIN_LOOK = Duration.ofMillis(20);

    private final String name;
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
        this.name = name;
        this.store = store;
        this.settings = settings;
        this.lanes = destinations.stream()
                .sorted()
                .map(destination -> new Lane(destination, store, delivery, settings, gate(settings), listener))
                .toList();
        this.round = new RelayRound(store, lanes, gate(settings), gate(settings));
    }

    private static Gate gate(RelaySettings settings) {
        return new Gate(settings.schedule(), settings.drainPerSecond(), System::nanoTime);
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
        Duration pause = look();
        try {
            on.schedule(() -> poll(on), Math.max(1, pause.toMillis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            // the last look was this one
        }
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(1, task -> {
                Thread relay = new Thread(task, name);
                relay.setDaemon(true);
                return relay;
            });
            // else a stop waits for the next poll
            started.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
            woken.set(false);
            thread = started;
            started.execute(() -> poll(started));
        }
    }

    /** Ends after the send in progress, or once all that can be sent has been sent if the settings want that. */
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
            drained.await(settings.drainOnStop().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private boolean nothingToWaitFor() {
        return store.backlog().pending() == 0
                || lanes.stream().allMatch(lane -> lane.gate().state() == GateState.AWAY);
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Starts after and stops before whatever it sends with. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }

    /** A source of jitter for a schedule. */
    public static double random() {
        return ThreadLocalRandom.current().nextDouble();
    }
}

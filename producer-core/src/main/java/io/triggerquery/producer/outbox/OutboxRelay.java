package io.triggerquery.producer.outbox;

import io.triggerquery.producer.sending.Destinations;
import io.triggerquery.producer.sending.TriggerSender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Sends the rows of the outbox and deletes them.
 *
 * <p>Threads: works on one thread of its own; {@link #wakeUp()} may be called from any and returns at once. Bounds:
 * one batch of rows in memory, one wake-up waiting. A destination in trouble can hold up the others for the length of
 * one send at each of its attempts. Failure: retries for ever, with growing pauses; several relays may work on one
 * table; killed at any moment, it loses nothing and may send a trigger twice.
 */
public final class OutboxRelay implements SmartLifecycle {

    /** A send in progress ends within this time. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(12);

    private final RelayRound round;
    private final Duration pollInterval;
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile @Nullable ScheduledExecutorService thread;

    /** Makes a relay that is started with the application context. */
    public OutboxRelay(
            OutboxTable table,
            TriggerSender sender,
            Destinations destinations,
            OutboxSettings settings,
            SendCounts counts) {
        Backoff backoff = new Backoff(
                settings.maxPause(), () -> ThreadLocalRandom.current().nextDouble());
        List<Lane> lanes = destinations.names().stream()
                .sorted()
                .map(name -> new Lane(name, table, sender, settings, new Gate(backoff, System::nanoTime), counts))
                .toList();
        this.round = new RelayRound(
                table,
                destinations.names(),
                lanes,
                new Gate(backoff, System::nanoTime),
                new Gate(backoff, System::nanoTime));
        this.pollInterval = settings.pollInterval();
    }

    /** Looks at the table soon; to be called when rows may have been committed. */
    public void wakeUp() {
        ScheduledExecutorService current = thread;
        if (current != null && woken.compareAndSet(false, true)) {
            try {
                current.execute(this::awake);
            } catch (RejectedExecutionException stopping) {
                // the next start, or another instance, finds the row
                woken.set(false);
            }
        }
    }

    private void awake() {
        // before the look, so that a row committed during it wakes the relay again
        woken.set(false);
        look();
    }

    private void look() {
        ScheduledExecutorService current = thread;
        round.run(() -> current != null && !current.isShutdown());
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread relay = new Thread(task, "trigger-outbox-relay");
                relay.setDaemon(true);
                return relay;
            });
            woken.set(false);
            thread = started;
            started.scheduleWithFixedDelay(this::look, 0, pollInterval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized void stop() {
        ScheduledExecutorService stopping = thread;
        if (stopping == null) {
            return;
        }
        stopping.shutdown();
        try {
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

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Starts after and stops before whatever it sends with. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}

package io.triggerquery.producer.internal.remote;

import io.triggerquery.producer.internal.sending.Registration;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Tells the relay service, after a transaction's end, that its triggers may be sent. No trigger is lost with an
 * activation: the service then sends it by itself, only later.
 *
 * <p>Threads: calls on one thread of its own, for which nobody waits. Bounds: {@value #MOST_WAITING} registrations wait.
 * Failure: tried {@value #TRIES} times; what fails then, finds no room or is left at a stop is logged and left to the
 * service.
 */
public final class Activations implements SmartLifecycle {

    static final int MOST_WAITING = 10_000;
    static final int TRIES = 4;

    /** After the web server, whose last requests still publish. */
    private static final int PHASE = DEFAULT_PHASE - 4096;

    private static final Logger log = LoggerFactory.getLogger(Activations.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final int PAUSE_GROWTH = 4;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    /** Waits between two tries. */
    @FunctionalInterface
    interface Pause {

        void of(Duration time) throws InterruptedException;
    }

    private record Change(Registration registration, boolean activate) {}

    private final RelayServiceClient service;
    private final ActivationListener listener;
    private final Pause pause;
    private final BlockingQueue<Change> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile @Nullable ExecutorService thread;

    /** Makes activations that run once started. */
    public Activations(RelayServiceClient service, ActivationListener listener) {
        this(service, listener, time -> TimeUnit.MILLISECONDS.sleep(time.toMillis()));
    }

    Activations(RelayServiceClient service, ActivationListener listener, Pause pause) {
        this.service = service;
        this.listener = listener;
        this.pause = pause;
    }

    /** Has them sent, soon. */
    void activate(List<Registration> registrations) {
        long refused = registrations.stream()
                .filter(registration -> !waiting.offer(new Change(registration, true)))
                .count();
        if (refused > 0) {
            leave((int) refused, "too many activations wait");
        }
        wake();
    }

    /** Withdraws them, soon; only to save traffic, and so not if there is no room. */
    void cancel(List<Registration> registrations) {
        registrations.forEach(registration -> waiting.offer(new Change(registration, false)));
        wake();
    }

    private void wake() {
        ExecutorService current = thread;
        if (current != null && woken.compareAndSet(false, true)) {
            try {
                current.execute(this::awake);
            } catch (RejectedExecutionException stopping) {
                // the stop counts what is left
                woken.set(false);
            }
        }
    }

    private void awake() {
        // before the work, so that what comes during it wakes the thread again
        woken.set(false);
        try {
            work();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Works all that waits. */
    void work() throws InterruptedException {
        List<Change> changes = new ArrayList<>();
        while (waiting.drainTo(changes, RelayServiceClient.LARGEST_CALL) > 0) {
            List<Registration> activated = having(changes, true);
            List<Registration> cancelled = having(changes, false);
            changes.clear();
            if (!activated.isEmpty()) {
                tell(activated);
            }
            if (!cancelled.isEmpty()) {
                service.cancel(cancelled);
            }
        }
    }

    private void tell(List<Registration> registrations) throws InterruptedException {
        SendOutcome outcome = service.activate(registrations);
        Duration next = FIRST_PAUSE;
        for (int tries = 1; tries < TRIES && !(outcome instanceof SendOutcome.Acknowledged); tries++) {
            try {
                pause.of(next);
            } catch (InterruptedException stopped) {
                leave(registrations.size(), outcome.toString());
                throw stopped;
            }
            next = next.multipliedBy(PAUSE_GROWTH);
            outcome = service.activate(registrations);
        }
        if (!(outcome instanceof SendOutcome.Acknowledged)) {
            leave(registrations.size(), outcome.toString());
        }
    }

    private void leave(int triggers, String cause) {
        log.warn("{} triggers are left to the relay service, which sends them after their time: {}", triggers, cause);
        listener.leftToTheService(triggers);
    }

    private static List<Registration> having(List<Change> changes, boolean activate) {
        return changes.stream()
                .filter(change -> change.activate() == activate)
                .map(Change::registration)
                .toList();
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            thread = Executors.newSingleThreadExecutor(task -> {
                Thread activating = new Thread(task, "trigger-activations");
                activating.setDaemon(true);
                return activating;
            });
            woken.set(false);
            wake();
        }
    }

    /** Ends after what is waiting, within some seconds. */
    @Override
    public synchronized void stop() {
        ExecutorService stopping = thread;
        if (stopping == null) {
            return;
        }
        stopping.shutdown();
        try {
            if (!stopping.awaitTermination(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                stopping.shutdownNow();
            }
        } catch (InterruptedException e) {
            stopping.shutdownNow();
            Thread.currentThread().interrupt();
        }
        thread = null;
        List<Change> left = new ArrayList<>();
        waiting.drainTo(left);
        if (!having(left, true).isEmpty()) {
            leave(having(left, true).size(), "this process stops");
        }
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

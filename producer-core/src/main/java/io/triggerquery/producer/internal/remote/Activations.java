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
 * Activates the registrations of a transaction at the relay service after its end. A lost activation loses no trigger:
 * the service then sends it by itself, only later.
 *
 * <p>Threads: one of its own calls the service; callers do not wait for it. Bounds: at most {@value #MAX_WAITING}
 * registrations wait. Failure: a call is repeated three times within five seconds. Activations that fail then, exceed
 * the bound or are left at a stop are logged, and the service sends their triggers later.
 */
public final class Activations implements SmartLifecycle {

    static final int MAX_WAITING = 10_000;

    /** Stops after the web server, whose last requests still publish. */
    private static final int PHASE = DEFAULT_PHASE - 4096;

    private static final Logger log = LoggerFactory.getLogger(Activations.class);
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(200), Duration.ofMillis(800), Duration.ofMillis(3_200));
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    /** Waits between two attempts. */
    @FunctionalInterface
    interface Sleeper {

        void sleep(Duration pause) throws InterruptedException;
    }

    private record Change(Registration registration, boolean activate) {}

    private final RelayServiceClient service;
    private final ActivationListener listener;
    private final Sleeper sleeper;
    private final BlockingQueue<Change> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile @Nullable ExecutorService thread;

    /** Creates activations; they are sent once this is started. */
    public Activations(RelayServiceClient service, ActivationListener listener) {
        this(service, listener, pause -> TimeUnit.MILLISECONDS.sleep(pause.toMillis()));
    }

    Activations(RelayServiceClient service, ActivationListener listener, Sleeper sleeper) {
        this.service = service;
        this.listener = listener;
        this.sleeper = sleeper;
    }

    /** Activates registrations asynchronously. */
    void activate(List<Registration> registrations) {
        long rejected = registrations.stream()
                .filter(registration -> !waiting.offer(new Change(registration, true)))
                .count();
        if (rejected > 0) {
            giveUp((int) rejected, "too many activations wait");
        }
        schedule();
    }

    /** Cancels registrations asynchronously. This only saves sends, so it is skipped if the queue is full. */
    void cancel(List<Registration> registrations) {
        registrations.forEach(registration -> waiting.offer(new Change(registration, false)));
        schedule();
    }

    private void schedule() {
        ExecutorService current = thread;
        if (current != null && scheduled.compareAndSet(false, true)) {
            try {
                current.execute(this::run);
            } catch (RejectedExecutionException stopping) {
                // stop() reports the remaining activations
                scheduled.set(false);
            }
        }
    }

    private void run() {
        // reset first, so that a registration added during the run schedules another one
        scheduled.set(false);
        try {
            sendAll();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends all waiting activations and cancellations. */
    void sendAll() throws InterruptedException {
        List<Change> changes = new ArrayList<>();
        while (waiting.drainTo(changes, RelayServiceClient.MAX_TRIGGERS_PER_CALL) > 0) {
            List<Registration> activated = select(changes, true);
            List<Registration> cancelled = select(changes, false);
            changes.clear();
            if (!activated.isEmpty()) {
                sendActivations(activated);
            }
            if (!cancelled.isEmpty()) {
                service.cancel(cancelled);
            }
        }
    }

    private void sendActivations(List<Registration> registrations) throws InterruptedException {
        SendOutcome outcome = service.activate(registrations);
        for (Duration pause : PAUSES) {
            if (outcome instanceof SendOutcome.Acknowledged) {
                return;
            }
            try {
                sleeper.sleep(pause);
            } catch (InterruptedException stopped) {
                giveUp(registrations.size(), outcome.reason());
                throw stopped;
            }
            outcome = service.activate(registrations);
        }
        if (!(outcome instanceof SendOutcome.Acknowledged)) {
            giveUp(registrations.size(), outcome.reason());
        }
    }

    private void giveUp(int triggers, String cause) {
        log.warn("{} triggers were not activated; the relay service sends them later by itself: {}", triggers, cause);
        listener.notActivated(triggers);
    }

    private static List<Registration> select(List<Change> changes, boolean activate) {
        return changes.stream()
                .filter(change -> change.activate() == activate)
                .map(Change::registration)
                .toList();
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            thread = Executors.newSingleThreadExecutor(task -> {
                Thread created = new Thread(task, "trigger-activations");
                created.setDaemon(true);
                return created;
            });
            scheduled.set(false);
            schedule();
        }
    }

    /** Sends the waiting activations for at most 5 s, then stops. */
    @Override
    public synchronized void stop() {
        ExecutorService stopping = thread;
        if (stopping == null) {
            return;
        }
        stopping.shutdown();
        try {
            if (!stopping.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                stopping.shutdownNow();
            }
        } catch (InterruptedException e) {
            stopping.shutdownNow();
            Thread.currentThread().interrupt();
        }
        thread = null;
        List<Change> left = new ArrayList<>();
        waiting.drainTo(left);
        if (!select(left, true).isEmpty()) {
            giveUp(select(left, true).size(), "this process stops");
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

package io.triggerquery.consumer.internal.freshness;

import io.triggerquery.consumer.Freshness;
import io.triggerquery.consumer.FreshnessResult;
import io.triggerquery.consumer.FreshnessResult.Known;
import io.triggerquery.consumer.FreshnessResult.TimedOut;
import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.TriggerIdRule;
import io.triggerquery.consumer.internal.engine.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The awaits of all listeners.
 *
 * <p>Threads: any; futures are completed by {@value #COMPLETING_THREADS} threads of its own. It is closed before the
 * containers, so that callers are answered first.
 */
public final class Awaits implements Freshness, SmartLifecycle {

    private static final int COMPLETING_THREADS = 4;
    private static final long IDLE_SECONDS = 30;

    /** How long after its timeout a call returns, even if the timer does not run. */
    private static final Duration LATE = Duration.ofSeconds(1);

    private final Supplier<List<AwaitableListener>> listeners;
    private final Projections projections;
    private final Surroundings surroundings;
    private final ThreadPoolExecutor completing;
    private volatile Map<String, ListenerAwaits> known = Map.of();
    private volatile boolean closed;

    /** Returns the versions in the projection of a listener, or null if they are not known. */
    @FunctionalInterface
    public interface Projections {
        @Nullable
        ProjectedVersions of(String listener);
    }

    /**
     * What it runs on.
     *
     * @param timer ends look-ups at the timeout
     * @param observer is notified of each answer
     */
    public record Surroundings(Timer timer, InstantSource clock, AwaitObserver observer) {}

    /**
     * Creates an instance.
     *
     * @param listeners returns all listeners, or none before they have been assembled
     */
    public Awaits(Supplier<List<AwaitableListener>> listeners, Projections projections, Surroundings surroundings) {
        this.listeners = listeners;
        this.projections = projections;
        this.surroundings = surroundings;
        var factory = new CustomizableThreadFactory("triggerquery-freshness-");
        factory.setDaemon(true); // an action of the application that hangs must not keep the process alive
        completing = new ThreadPoolExecutor(
                COMPLETING_THREADS,
                COMPLETING_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                factory);
        completing.allowCoreThreadTimeOut(true);
    }

    @Override
    public FreshnessResult await(String listener, String id, Duration timeout) throws InterruptedException {
        return await(listener, id, OptionalLong.empty(), timeout);
    }

    @Override
    public FreshnessResult await(String listener, String id, long version, Duration timeout)
            throws InterruptedException {
        return await(listener, id, OptionalLong.of(version), timeout);
    }

    private FreshnessResult await(String listener, String id, OptionalLong version, Duration timeout)
            throws InterruptedException {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("Freshness.await was called within a transaction, which would"
                    + " hold its connection while it waits, and may not see what is projected. Call it before"
                    + " the transaction"
                    + " begins, or use awaitAsync.");
        }
        Await await = begin(listener, id, version, timeout);
        FreshnessResult result;
        try {
            result = await.answer().get(timeout.plus(LATE).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            result = new TimedOut(Known.NOTHING);
            await.withdraw();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupted) {
            await.withdraw();
            throw interrupted;
        }
        surroundings.observer().answered(listener, result, await.took());
        return result;
    }

    @Override
    public CompletableFuture<FreshnessResult> awaitAsync(String listener, String id, Duration timeout) {
        return awaitAsync(listener, id, OptionalLong.empty(), timeout);
    }

    @Override
    public CompletableFuture<FreshnessResult> awaitAsync(String listener, String id, long version, Duration timeout) {
        return awaitAsync(listener, id, OptionalLong.of(version), timeout);
    }

    private CompletableFuture<FreshnessResult> awaitAsync(
            String listener, String id, OptionalLong version, Duration timeout) {
        Await await = begin(listener, id, version, timeout);
        var handedOut = new CompletableFuture<FreshnessResult>();
        await.answer()
                .thenAcceptAsync(
                        result -> {
                            if (!handedOut.isDone()) {
                                surroundings.observer().answered(listener, result, await.took());
                            }
                            handedOut.complete(result);
                        },
                        completing);
        handedOut.whenComplete((result, failure) -> {
            if (failure != null) { // the caller has cancelled it
                await.withdraw();
            }
        });
        return handedOut;
    }

    private Await begin(String listenerId, String id, OptionalLong version, Duration timeout) {
        ListenerAwaits listener = listener(listenerId);
        check(listener.listener(), id, version, timeout);
        var await = new Await(id, version, timeout);
        listener.begin(await);
        return await;
    }

    private ListenerAwaits listener(String id) {
        Map<String, ListenerAwaits> all = all();
        ListenerAwaits listener = all.get(id);
        if (listener == null) {
            throw new IllegalArgumentException(
                    all.isEmpty()
                            ? "There is no trigger listener " + id + ": the application has none, or they"
                                    + " have not been created yet. They are created after all other singletons."
                            : "There is no trigger listener " + id + ", but " + String.join(", ", all.keySet()) + ".");
        }
        return listener;
    }

    private Map<String, ListenerAwaits> all() {
        Map<String, ListenerAwaits> all = known;
        return all.isEmpty() ? assembled() : all;
    }

    private synchronized Map<String, ListenerAwaits> assembled() {
        if (known.isEmpty()) {
            Map<String, ListenerAwaits> all = new TreeMap<>();
            for (AwaitableListener each : listeners.get()) {
                all.put(
                        each.id(),
                        new ListenerAwaits(
                                each, projections.of(each.id()), surroundings.timer(), surroundings.clock()));
            }
            known = all;
        }
        return known;
    }

    private static void check(AwaitableListener listener, String id, OptionalLong version, Duration timeout) {
        String violation = listener.rule().violation(id);
        if (violation != null) {
            throw new IllegalArgumentException(
                    "The id is not valid for the trigger listener " + listener.id() + ": " + violation);
        }
        if (version.orElse(0) < 0) {
            throw new IllegalArgumentException(
                    "The version is " + version.getAsLong() + ", but a version is not negative.");
        }
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "The timeout is " + timeout + ", but must be more than zero and at most " + MAX_TIMEOUT + ".");
        }
        if (listener.isWorker().getAsBoolean()) {
            throw new IllegalStateException("Freshness was called by the method of the trigger listener "
                    + listener.id() + " to wait for " + TriggerIdRule.escaped(id)
                    + " in the same listener. It would wait for rounds that cannot run before it returns.");
        }
    }

    @Override
    public void start() {
        closed = false;
        all().values().forEach(listener -> listener.close(false));
    }

    @Override
    public void stop() {
        closed = true;
        all().values().forEach(listener -> listener.close(true));
    }

    @Override
    public boolean isRunning() {
        return !closed;
    }

    /** Returns a phase in which it starts after the containers and stops before them. */
    @Override
    public int getPhase() {
        return AbstractMessageListenerContainer.DEFAULT_PHASE + 1;
    }
}

package io.triggerquery.producer.autoconfigure;

import io.triggerquery.producer.internal.handoff.AfterCommitStrategy;
import io.triggerquery.producer.internal.handoff.FallbackBuffer;
import io.triggerquery.producer.internal.handoff.Strategy;
import io.triggerquery.producer.internal.handoff.TriggerBuffer;
import io.triggerquery.producer.internal.relay.TriggerRelay;
import io.triggerquery.producer.internal.relay.TriggerRelays;
import io.triggerquery.producer.internal.report.UndeliveredReport;
import io.triggerquery.producer.internal.spool.DiskQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/**
 * The strategies in use, started and stopped with the application.
 *
 * <p>They stop after the web server, whose last requests still publish, and before the resources that they send with
 * are closed.
 */
final class ProducerStrategies implements SmartLifecycle, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ProducerStrategies.class);

    /** The maximum duration of the stop of parts that are not relays. */
    private static final Duration MIN_STOP_TIMEOUT = Duration.ofSeconds(8);

    private final Map<StrategyName, RunningStrategy> strategies = new EnumMap<>(StrategyName.class);
    private final Map<List<StrategyName>, Strategy> chains = new HashMap<>();
    private final TriggerRelays relays = new TriggerRelays();
    private final StrategyFactory factory;
    private volatile boolean running;

    ProducerStrategies(Collection<StrategyName> used, StrategyFactory factory) {
        this.factory = factory;
        try {
            used.forEach(name -> add(name, factory.create(name)));
        } catch (RuntimeException e) {
            // Spring does not destroy a bean whose constructor failed, and the lock of a spool must be released
            destroy();
            throw e;
        }
    }

    /**
     * Starts a strategy that no destination uses, to send the triggers in its store.
     *
     * @return its relay; null if the application does not run
     */
    synchronized @Nullable TriggerRelay startUnused(StrategyName name) {
        if (!running) {
            return null;
        }
        RunningStrategy strategy = factory.create(name);
        add(name, strategy);
        strategy.parts().forEach(SmartLifecycle::start);
        return strategy.relay();
    }

    private void add(StrategyName name, RunningStrategy strategy) {
        strategies.put(name, strategy);
        TriggerRelay relay = strategy.relay();
        if (relay != null) {
            relays.add(name.property(), relay);
        }
    }

    TriggerRelays relays() {
        return relays;
    }

    /** Returns the size of the spool on disk in bytes; empty if there is no spool. */
    Optional<LongSupplier> spoolBytes() {
        return relays.byStrategy().values().stream()
                .map(TriggerRelay::store)
                .filter(DiskQueue.class::isInstance)
                .map(DiskQueue.class::cast)
                .<LongSupplier>map(queue -> queue::bytes)
                .findFirst();
    }

    /**
     * Returns a strategy with the others as its fallback; the same for the same names, so that a transaction prepares
     * once.
     */
    Strategy chain(List<StrategyName> names, UndeliveredReport report) {
        return chains.computeIfAbsent(names, key -> newChain(key, report));
    }

    private Strategy newChain(List<StrategyName> names, UndeliveredReport report) {
        List<TriggerBuffer> buffers = new ArrayList<>();
        for (StrategyName name : names) {
            RunningStrategy strategy = strategies.get(name);
            if (strategy instanceof RunningStrategy.InDatabase outbox) {
                return outbox.strategy();
            }
            if (strategy instanceof RunningStrategy.Buffered buffered) {
                buffers.add(buffered.buffer());
            }
        }
        return new AfterCommitStrategy(new FallbackBuffer(buffers, report));
    }

    @Override
    public synchronized void start() {
        strategies.values().forEach(strategy -> strategy.parts().forEach(SmartLifecycle::start));
        running = true;
    }

    /** Stops all strategies in parallel, because each may have to wait for Kafka. */
    @Override
    public synchronized void stop() {
        Duration timeout = relays.byStrategy().values().stream()
                .map(TriggerRelay::longestStop)
                .reduce(MIN_STOP_TIMEOUT, (one, other) -> one.compareTo(other) >= 0 ? one : other);
        CompletableFuture<?>[] stops = strategies.entrySet().stream()
                .map(strategy -> CompletableFuture.runAsync(
                        () -> stop(strategy.getKey(), strategy.getValue()), ProducerStrategies::runOnNewThread))
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(stops).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("Not all strategies have stopped within {}", timeout, e);
        }
        running = false;
    }

    private static void stop(StrategyName name, RunningStrategy strategy) {
        List<SmartLifecycle> parts = new ArrayList<>(strategy.parts());
        Collections.reverse(parts);
        for (SmartLifecycle part : parts) {
            try {
                part.stop();
            } catch (RuntimeException e) {
                log.error("A part of the strategy {} could not be stopped", name.property(), e);
            }
        }
    }

    private static void runOnNewThread(Runnable stop) {
        Thread thread = new Thread(stop, "trigger-stop");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return TriggerRelay.PHASE;
    }

    @Override
    public synchronized void destroy() {
        strategies.values().forEach(strategy -> {
            try {
                strategy.resources().close();
            } catch (Exception e) {
                log.warn("The resources of a strategy could not be closed", e);
            }
        });
    }
}

package io.triggerquery.producer.autoconfigure;

import io.triggerquery.producer.internal.handoff.AfterCommitStrategy;
import io.triggerquery.producer.internal.handoff.FallbackBuffer;
import io.triggerquery.producer.internal.handoff.TriggerBuffer;
import io.triggerquery.producer.internal.handoff.Strategy;
import io.triggerquery.producer.internal.relay.TriggerRelay;
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
import java.util.concurrent.ConcurrentSkipListMap;
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
 * <p>Stops after the web server, whose last requests still publish, and before what it sends with is closed.
 */
public final class ProducerStrategies implements SmartLifecycle, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ProducerStrategies.class);

    /** What is no relay stops within this time. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(8);

    private final Map<StrategyName, RunningStrategy> strategies = new EnumMap<>(StrategyName.class);
    private final Map<List<StrategyName>, Strategy> chains = new HashMap<>();
    private final Map<String, TriggerRelay> relays = new ConcurrentSkipListMap<>();
    private final StrategyFactory factory;
    private volatile boolean running;

    ProducerStrategies(Collection<StrategyName> used, StrategyFactory factory) {
        this.factory = factory;
        try {
            used.forEach(name -> add(name, factory.make(name)));
        } catch (RuntimeException e) {
            // Spring destroys only what it got; the lock of a spool is among this
            destroy();
            throw e;
        }
    }

    /**
     * Starts a strategy that no destination uses, to send what waits in its store.
     *
     * @return what sends, or null if nothing is to be started any more
     */
    synchronized @Nullable TriggerRelay startAlso(StrategyName name) {
        if (!running) {
            return null;
        }
        RunningStrategy strategy = factory.make(name);
        add(name, strategy);
        strategy.parts().forEach(SmartLifecycle::start);
        return strategy.relay();
    }

    private void add(StrategyName name, RunningStrategy strategy) {
        strategies.put(name, strategy);
        TriggerRelay relay = strategy.relay();
        if (relay != null) {
            relays.put(name.property(), relay);
        }
    }

    /** What sends, by the strategy's name as properties have it; a live view, to which one may be added later. */
    public Map<String, TriggerRelay> relays() {
        return Collections.unmodifiableMap(relays);
    }

    /** Has every relay look at its store soon; to be called when something was put there past the publisher. */
    public void wakeUp() {
        relays.values().forEach(TriggerRelay::wakeUp);
    }

    /** How many bytes the spool takes on disk; empty if there is none. */
    Optional<LongSupplier> spoolBytes() {
        return relays.values().stream()
                .map(TriggerRelay::store)
                .filter(DiskQueue.class::isInstance)
                .map(DiskQueue.class::cast)
                .<LongSupplier>map(queue -> queue::bytes)
                .findFirst();
    }

    /** A strategy, with the others as its fallback; the same for the same names, so that a transaction prepares once. */
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
            if (strategy instanceof RunningStrategy.Keeping keeping) {
                buffers.add(keeping.buffer());
            }
        }
        return new AfterCommitStrategy(new FallbackBuffer(buffers, report));
    }

    @Override
    public synchronized void start() {
        strategies.values().forEach(strategy -> strategy.parts().forEach(SmartLifecycle::start));
        running = true;
    }

    /** Stops all strategies at the same time: each may have to wait for Kafka once more. */
    @Override
    public synchronized void stop() {
        Duration longest = relays.values().stream()
                .map(TriggerRelay::longestStop)
                .reduce(LONGEST_STOP, (one, other) -> one.compareTo(other) >= 0 ? one : other);
        CompletableFuture<?>[] stops = strategies.entrySet().stream()
                .map(strategy -> CompletableFuture.runAsync(
                        () -> stop(strategy.getKey(), strategy.getValue()), ProducerStrategies::onThreadOfItsOwn))
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(stops).get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("Not every strategy has stopped within {}", longest, e);
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

    private static void onThreadOfItsOwn(Runnable work) {
        Thread thread = new Thread(work, "trigger-stop");
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
                log.warn("What a strategy worked with could not be closed", e);
            }
        });
    }
}

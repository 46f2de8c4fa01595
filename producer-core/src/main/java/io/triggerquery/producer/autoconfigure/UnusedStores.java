package io.triggerquery.producer.autoconfigure;

import io.triggerquery.producer.Alarm;
import io.triggerquery.producer.AlarmHook;
import io.triggerquery.producer.internal.relay.TriggerRelay;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Detects triggers in stores that no destination uses any more, such as after a change of the strategy, and sends
 * them.
 *
 * <p>It checks the stores after the start and then every five minutes, because an instance with the former settings may
 * still add triggers.
 *
 * <p>Threads: one of its own, so that a database that does not answer does not delay the start. Failure: if a store
 * cannot be read, that is logged, and the store is checked again.
 */
final class UnusedStores implements SmartLifecycle {

    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final Logger log = LoggerFactory.getLogger(UnusedStores.class);

    private final Set<StrategyName> unused = EnumSet.of(StrategyName.DISK_QUEUE, StrategyName.OUTBOX);
    private final Stores stores;
    private final ProducerStrategies strategies;
    private final AlarmHook hook;
    private final BiConsumer<String, TriggerRelay> gauges;
    private volatile @Nullable ScheduledThreadPoolExecutor thread;

    /**
     * Creates a check that runs once started.
     *
     * @param gauges called with each relay that is started
     */
    UnusedStores(
            Collection<StrategyName> used,
            Stores stores,
            ProducerStrategies strategies,
            AlarmHook hook,
            BiConsumer<String, TriggerRelay> gauges) {
        unused.removeAll(used);
        this.stores = stores;
        this.strategies = strategies;
        this.hook = hook;
        this.gauges = gauges;
    }

    private void check() {
        unused.removeIf(name -> {
            try {
                long waiting = stores.countWaiting(name);
                return waiting > 0 && send(name, waiting);
            } catch (RuntimeException e) {
                log.warn(
                        "The store of the unused strategy {} could not be checked for triggers: {}",
                        name.property(),
                        e.toString());
                return false;
            }
        });
    }

    private boolean send(StrategyName name, long waiting) {
        TriggerRelay relay = strategies.startUnused(name);
        if (relay == null) {
            return false;
        }
        gauges.accept(name.property(), relay);
        hook.raise(new Alarm.UnusedStore(name.property(), waiting));
        return true;
    }

    @Override
    public void start() {
        ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(1, task -> {
            Thread created = new Thread(task, "trigger-unused-stores");
            created.setDaemon(true);
            return created;
        });
        thread = started;
        if (!unused.isEmpty()) {
            started.scheduleWithFixedDelay(this::check, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void stop() {
        ScheduledThreadPoolExecutor stopping = thread;
        if (stopping != null) {
            stopping.shutdownNow();
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Returns a phase after that of the strategies. */
    @Override
    public int getPhase() {
        return TriggerRelay.PHASE + 1;
    }
}

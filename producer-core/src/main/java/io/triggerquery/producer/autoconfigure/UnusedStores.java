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
 * <p>It looks after the start and then every few minutes, because an instance that still has the former settings may leave
 * something later.
 *
 * <p>Threads: one of its own, so that a database that does not answer holds up no start. Failure: a store that can't be
 * looked at is logged and looked at again.
 */
final class UnusedStores implements SmartLifecycle {

    private static final Duration PAUSE = Duration.ofMinutes(5);
    private static final Logger log = LoggerFactory.getLogger(UnusedStores.class);

    private final Set<StrategyName> unused = EnumSet.of(StrategyName.DISK_QUEUE, StrategyName.OUTBOX);
    private final Stores stores;
    private final ProducerStrategies strategies;
    private final AlarmHook hook;
    private final BiConsumer<String, TriggerRelay> gauges;
    private volatile @Nullable ScheduledThreadPoolExecutor thread;

    /**
     * Looks at nothing yet.
     *
     * @param gauges given each relay that is started
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

    private void look() {
        unused.removeIf(name -> {
            try {
                long waiting = stores.waitingIn(name);
                return waiting > 0 && send(name, waiting);
            } catch (RuntimeException e) {
                log.warn(
                        "Whether triggers were left in the store of {} can't be seen: {}",
                        name.property(),
                        e.toString());
                return false;
            }
        });
    }

    private boolean send(StrategyName name, long waiting) {
        TriggerRelay relay = strategies.startAlso(name);
        if (relay == null) {
            return false;
        }
        gauges.accept(name.property(), relay);
        hook.raise(new Alarm.UnusedStores(name.property(), waiting));
        return true;
    }

    @Override
    public void start() {
        ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(1, task -> {
            Thread looking = new Thread(task, "trigger-left-behind");
            looking.setDaemon(true);
            return looking;
        });
        thread = started;
        if (!unused.isEmpty()) {
            started.scheduleWithFixedDelay(this::look, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
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

    /** Starts after the strategies. */
    @Override
    public int getPhase() {
        return TriggerRelay.PHASE + 1;
    }
}

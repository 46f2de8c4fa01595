package io.triggerquery.producer.internal.alarm;

import io.triggerquery.producer.Alarm;
import io.triggerquery.producer.AlarmHook;
import io.triggerquery.producer.internal.relay.RelayListener;
import io.triggerquery.producer.internal.report.UndeliveredListener;
import io.triggerquery.producer.internal.sending.LogSafe;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Raises alarms for a relay: one when an outage begins and one when it ends; for parked triggers and for given up
 * triggers at most one per minute and destination, with their number since the last one.
 *
 * <p>Threads: any. Bounds: a few numbers for each destination. Failure: an exception of a hook is logged, and the other
 * hooks are called nevertheless.
 */
public final class AlarmingListener implements RelayListener, UndeliveredListener {

    private final AlarmHook hook;
    private final DestinationCounts parked;
    private final DestinationCounts undelivered;

    /**
     * Creates a listener that passes alarms to these hooks.
     *
     * @param nanoTime the clock that limits how often alarms are raised
     */
    public AlarmingListener(List<AlarmHook> hooks, LongSupplier nanoTime) {
        this.hook = new CompositeAlarmHook(hooks);
        this.parked = new DestinationCounts(nanoTime);
        this.undelivered = new DestinationCounts(nanoTime);
    }

    @Override
    public void outage(String destination, String cause) {
        hook.raise(new Alarm.Outage(destination, LogSafe.sentence(cause)));
    }

    @Override
    public void recovered(String destination, Duration outage) {
        hook.raise(new Alarm.Recovered(destination, outage));
    }

    @Override
    public void storeFailed(String store, String cause) {
        hook.raise(new Alarm.StoreUnavailable(store, LogSafe.sentence(cause)));
    }

    @Override
    public void storeRecovered(String store, Duration outage) {
        hook.raise(new Alarm.StoreAvailable(store, outage));
    }

    @Override
    public void unconfiguredDestination(String store, String destination, long triggers) {
        hook.raise(new Alarm.UnconfiguredDestination(store, destination, triggers));
    }

    @Override
    public void parked(String destination, int triggers, String cause) {
        parked.add(destination, triggers)
                .ifPresent(sum -> hook.raise(new Alarm.Parked(destination, sum, LogSafe.sentence(cause))));
    }

    @Override
    public void undelivered(String destination, int triggers, String reason) {
        undelivered
                .add(destination, triggers)
                .ifPresent(sum -> hook.raise(new Alarm.Undelivered(destination, sum, LogSafe.sentence(reason))));
    }
}

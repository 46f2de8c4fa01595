package io.triggerquery.producer.internal.relay;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notifies several listeners, even if one throws. */
public final class CompositeRelayListener implements RelayListener {

    private static final Logger log = LoggerFactory.getLogger(CompositeRelayListener.class);

    private final List<RelayListener> listeners;

    private CompositeRelayListener(List<RelayListener> listeners) {
        this.listeners = listeners;
    }

    /** Creates a listener that notifies all of these, in this order, and logs what one throws. */
    public static RelayListener of(List<RelayListener> listeners) {
        return new CompositeRelayListener(List.copyOf(listeners));
    }

    @Override
    public void sent(String destination, int triggers) {
        notifyListeners(listener -> listener.sent(destination, triggers));
    }

    @Override
    public void failed(String destination, Reason reason, int triggers) {
        notifyListeners(listener -> listener.failed(destination, reason, triggers));
    }

    @Override
    public void outage(String destination, String cause) {
        notifyListeners(listener -> listener.outage(destination, cause));
    }

    @Override
    public void recovered(String destination, Duration outage) {
        notifyListeners(listener -> listener.recovered(destination, outage));
    }

    @Override
    public void parked(String destination, int triggers, String cause) {
        notifyListeners(listener -> listener.parked(destination, triggers, cause));
    }

    @Override
    public void storeFailed(String store, String cause) {
        notifyListeners(listener -> listener.storeFailed(store, cause));
    }

    @Override
    public void storeRecovered(String store, Duration outage) {
        notifyListeners(listener -> listener.storeRecovered(store, outage));
    }

    @Override
    public void unconfiguredDestination(String store, String destination, long triggers) {
        notifyListeners(listener -> listener.unconfiguredDestination(store, destination, triggers));
    }

    private void notifyListeners(Consumer<RelayListener> notification) {
        for (RelayListener listener : listeners) {
            try {
                notification.accept(listener);
            } catch (RuntimeException e) {
                log.warn(
                        "The relay listener {} failed and misses this notification; the others receive it",
                        listener.getClass().getName(),
                        e);
            }
        }
    }
}

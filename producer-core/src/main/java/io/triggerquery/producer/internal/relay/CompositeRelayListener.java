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

    /** One listener that tells all of these, in this order. What one throws is logged. */
    public static RelayListener of(List<RelayListener> listeners) {
        return new CompositeRelayListener(List.copyOf(listeners));
    }

    @Override
    public void sent(String destination, int triggers) {
        tell(listener -> listener.sent(destination, triggers));
    }

    @Override
    public void failed(String destination, Reason reason, int triggers) {
        tell(listener -> listener.failed(destination, reason, triggers));
    }

    @Override
    public void outage(String destination, String cause) {
        tell(listener -> listener.outage(destination, cause));
    }

    @Override
    public void recovered(String destination, Duration outage) {
        tell(listener -> listener.recovered(destination, outage));
    }

    @Override
    public void parked(String destination, int triggers, String cause) {
        tell(listener -> listener.parked(destination, triggers, cause));
    }

    @Override
    public void storeFailed(String store, String cause) {
        tell(listener -> listener.storeFailed(store, cause));
    }

    @Override
    public void storeRecovered(String store, Duration outage) {
        tell(listener -> listener.storeRecovered(store, outage));
    }

    @Override
    public void stranded(String store, String destination, long triggers) {
        tell(listener -> listener.stranded(store, destination, triggers));
    }

    private void tell(Consumer<RelayListener> news) {
        for (RelayListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                log.warn(
                        "{} has thrown; what it was told is lost on it",
                        listener.getClass().getName(),
                        e);
            }
        }
    }
}

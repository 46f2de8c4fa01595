package io.triggerquery.producer.internal.relay;

import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The relays of an application by the name of their strategy in properties.
 *
 * <p>Threads: any.
 */
public final class TriggerRelays {

    private final Map<String, TriggerRelay> byStrategy = new ConcurrentSkipListMap<>();

    /** Adds the relay of a strategy. */
    public void add(String strategy, TriggerRelay relay) {
        byStrategy.put(strategy, relay);
    }

    /** Returns a live view of the relays. */
    public Map<String, TriggerRelay> byStrategy() {
        return Collections.unmodifiableMap(byStrategy);
    }

    /** Wakes all relays. To be called after triggers were stored without a publisher. */
    public void wakeUp() {
        byStrategy.values().forEach(TriggerRelay::wakeUp);
    }
}

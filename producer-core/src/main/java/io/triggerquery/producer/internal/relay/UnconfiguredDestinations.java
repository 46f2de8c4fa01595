package io.triggerquery.producer.internal.relay;

import io.triggerquery.producer.internal.sending.LogSafe;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects entries of destinations that are not configured.
 *
 * <p>Threads: the relay's; {@link #found()} may be called by any.
 */
final class UnconfiguredDestinations {

    private static final Logger log = LoggerFactory.getLogger(UnconfiguredDestinations.class);

    private final String store;
    private final RelayBackoff backoff;
    private final RelayListener listener;
    private volatile Map<String, Long> found = Map.of();

    UnconfiguredDestinations(String store, RelayBackoff backoff, RelayListener listener) {
        this.store = store;
        this.backoff = backoff;
        this.listener = listener;
    }

    /** Returns the number of entries of each such destination at the last check. */
    Map<String, Long> found() {
        return found;
    }

    void check(TriggerStore entries, Set<String> known) {
        if (!backoff.isDue()) {
            return;
        }
        backoff.blocked();
        Map<String, Long> before = found;
        found = new TreeMap<>(entries.countUnconfigured(known));
        found.forEach((destination, triggers) -> {
            String name = LogSafe.of(destination);
            log.error(
                    "{} triggers for {} wait in the store {} because the destination has no topic: set"
                            + " triggerquery.producer.destinations.NAME.topic",
                    triggers,
                    name,
                    store);
            if (!before.containsKey(destination)) {
                listener.unconfiguredDestination(store, name, triggers);
            }
        });
    }
}

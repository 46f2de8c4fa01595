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
    private final DestinationBackoff due;
    private final RelayListener listener;
    private volatile Map<String, Long> found = Map.of();

    UnconfiguredDestinations(String store, DestinationBackoff due, RelayListener listener) {
        this.store = store;
        this.due = due;
        this.listener = listener;
    }

    /** How many entries each such destination had at the last look. */
    Map<String, Long> found() {
        return found;
    }

    void look(TriggerStore in, Set<String> known) {
        if (!due.isDue()) {
            return;
        }
        due.blocked();
        Map<String, Long> before = found;
        found = new TreeMap<>(in.strays(known));
        found.forEach((destination, triggers) -> {
            String name = LogSafe.of(destination);
            log.error(
                    "{} triggers for {} wait in {} because it has no topic here: set"
                            + " triggerquery.producer.destinations.NAME.topic",
                    triggers,
                    name,
                    store);
            if (!before.containsKey(destination)) {
                listener.stranded(store, name, triggers);
            }
        });
    }
}

package io.triggerquery.consumer.internal.control;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the records of a control topic say together: the statuses and the pauses. It is a state machine over records and
 * the broker's time.
 *
 * <p>Threads: guarded by the fleet's lock. Bounds: {@value #MAX_STATUSES} statuses, {@value #MAX_LISTENER_PAUSES}
 * pauses of listeners and {@value #MAX_ID_PAUSES} of ids, {@value #MAX_EXPIRED} keys to delete. Failure: a record
 * beyond a bound is refused.
 */
final class ControlState {

    static final int MAX_STATUSES = 2_000;
    static final int MAX_LISTENER_PAUSES = 1_000;
    static final int MAX_ID_PAUSES = 1_000;
    private static final int MAX_EXPIRED = 1_000;

    /** The age at which any instance deletes a status, a command or an answer that is still there. */
    static final Duration EXPIRES_AFTER = Duration.ofMinutes(10);

    /** The time after its end at which any instance deletes a pause: long, so that none deletes a new one. */
    static final Duration PAUSE_EXPIRES_AFTER = Duration.ofDays(1);

    private final Map<ControlKey.Status, Seen> statuses = new HashMap<>();
    private final Map<ControlKey, ControlValue.Pause> listenerPauses = new HashMap<>();
    private final Map<ControlKey, ControlValue.Pause> idPauses = new HashMap<>();
    private final Map<ControlKey, Instant> transientKeys = new LinkedHashMap<>();
    private Set<ControlKey> unseenSinceRewind = new HashSet<>();

    /**
     * A status and when the broker appended it.
     *
     * @param at the time by the broker's clock
     */
    record Seen(ControlValue.Status status, Instant at) {}

    /**
     * Applies a record.
     *
     * @param value the value, or null if the key is deleted
     * @param at the time of the record by the broker's clock
     * @return whether it was applied; false if it would exceed a bound
     */
    boolean apply(ControlKey key, @Nullable ControlValue value, Instant at) {
        unseenSinceRewind.remove(key);
        if (key instanceof ControlKey.Status status) {
            return put(
                    statuses, status, value == null ? null : new Seen((ControlValue.Status) value, at), MAX_STATUSES);
        } else if (key instanceof ControlKey.ListenerPause) {
            return put(listenerPauses, key, (ControlValue.Pause) value, MAX_LISTENER_PAUSES);
        } else if (key instanceof ControlKey.IdPause) {
            return put(idPauses, key, (ControlValue.Pause) value, MAX_ID_PAUSES);
        }
        return put(transientKeys, key, value == null ? null : at, MAX_EXPIRED);
    }

    private static <K, V> boolean put(Map<K, V> map, K key, @Nullable V value, int max) {
        if (value == null) {
            map.remove(key);
            return true;
        }
        if (map.size() >= max && !map.containsKey(key)) {
            return false;
        }
        map.put(key, value);
        return true;
    }

    /** Records that the topic is read from its beginning again, because it was deleted and created again. */
    void rewound() {
        unseenSinceRewind = new HashSet<>(listenerPauses.keySet());
        unseenSinceRewind.addAll(idPauses.keySet());
    }

    /** Returns the pauses that were known before the topic was created again and are not in it, once. */
    Map<ControlKey, ControlValue.Pause> takeMissingPauses() {
        Map<ControlKey, ControlValue.Pause> missing = new HashMap<>();
        unseenSinceRewind.forEach(key -> {
            ControlValue.Pause pause = key instanceof ControlKey.IdPause ? idPauses.get(key) : listenerPauses.get(key);
            if (pause != null) {
                missing.put(key, pause);
            }
        });
        unseenSinceRewind = new HashSet<>();
        return missing;
    }

    /** Returns the statuses of a listener by instance. */
    Map<String, Seen> statuses(String listener) {
        Map<String, Seen> found = new TreeMap<>();
        statuses.forEach((key, seen) -> {
            if (key.listener().equals(listener)) {
                found.put(key.instance(), seen);
            }
        });
        return found;
    }

    /** Returns the pause of a listener that has not ended, or null. */
    ControlValue.@Nullable Pause pause(String listener, Instant now) {
        ControlValue.Pause pause = listenerPauses.get(new ControlKey.ListenerPause(listener));
        return pause == null || pause.isOver(now) ? null : pause;
    }

    /** Returns the pauses of a listener's ids that have not ended, in the order of the ids. */
    Map<String, ControlValue.Pause> idPauses(String listener, Instant now) {
        Map<String, ControlValue.Pause> found = new TreeMap<>();
        idPauses.forEach((key, pause) -> {
            if (key instanceof ControlKey.IdPause of && of.listener().equals(listener) && !pause.isOver(now)) {
                found.put(of.id(), pause);
            }
        });
        return found;
    }

    /** Returns whether no more pauses of ids can be kept. */
    boolean isFullOfIdPauses() {
        return idPauses.size() >= MAX_ID_PAUSES;
    }

    /** Returns the keys of records that are of no use any more. */
    List<ControlKey> expired(Instant now) {
        Set<ControlKey> expired = new HashSet<>();
        Instant before = now.minus(EXPIRES_AFTER);
        statuses.forEach((key, seen) -> addIf(seen.at().isBefore(before), key, expired));
        transientKeys.forEach((key, at) -> addIf(at.isBefore(before), key, expired));
        Instant longAgo = now.minus(PAUSE_EXPIRES_AFTER);
        listenerPauses.forEach((key, pause) -> addIf(pause.isOver(longAgo), key, expired));
        idPauses.forEach((key, pause) -> addIf(pause.isOver(longAgo), key, expired));
        return List.copyOf(expired);
    }

    private static void addIf(boolean isExpired, ControlKey key, Set<ControlKey> expired) {
        if (isExpired) {
            expired.add(key);
        }
    }
}

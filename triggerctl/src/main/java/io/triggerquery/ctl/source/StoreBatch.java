package io.triggerquery.ctl.source;

import io.triggerquery.producer.TriggerIdFormat;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.relay.TriggerStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Claims the entries of a store with a lease, as a relay does, so that relays can run at the same time. The entries of
 * an id in one claim are sent as one; entries of the id in a later claim are sent again, because they may have been
 * committed later.
 */
final class StoreBatch implements SendBatch {

    private static final int CLAIM = 500;
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final TriggerStore store;
    private final Set<String> retried = new HashSet<>();
    private final Map<String, Deque<List<Claimed>>> claimed = new HashMap<>();

    StoreBatch(TriggerStore store) {
        this.store = store;
    }

    @Override
    public List<Claimed> next(String destination, int ids) {
        if (retried.add(destination)) {
            // rows that a relay has delayed are not due and would not be claimed
            store.retry(destination, null);
        }
        Deque<List<Claimed>> groups = claimed.computeIfAbsent(destination, name -> new ArrayDeque<>());
        if (groups.isEmpty()) {
            groups.addAll(groups(store.claim(destination, CLAIM, LEASE).stream()));
        }
        List<Claimed> next = new ArrayList<>();
        for (int n = 0; n < ids && !groups.isEmpty(); n++) {
            next.addAll(groups.remove());
        }
        return next;
    }

    private static List<List<Claimed>> groups(Stream<Claimed> rows) {
        Map<String, List<Claimed>> byId = new LinkedHashMap<>();
        rows.filter(row -> TriggerIdFormat.violation(row.trigger().id()).isEmpty())
                .forEach(row -> byId.computeIfAbsent(row.trigger().id(), id -> new ArrayList<>())
                        .add(row));
        return List.copyOf(byId.values());
    }

    @Override
    public void sent(List<Claimed> entries) {
        store.done(entries);
    }

    @Override
    public void refused(List<Claimed> entries, String reason) {
        store.park(entries, reason);
    }

    @Override
    public void putBack(List<Claimed> entries) {
        List<List<Claimed>> groups = groups(entries.stream());
        for (int n = groups.size() - 1; n >= 0; n--) {
            List<Claimed> group = groups.get(n);
            claimed.computeIfAbsent(group.get(0).trigger().destination(), name -> new ArrayDeque<>())
                    .addFirst(group);
        }
    }

    @Override
    public void close() {
        claimed.values().forEach(groups -> {
            List<Claimed> rows = groups.stream().flatMap(List::stream).toList();
            if (!rows.isEmpty()) {
                store.release(rows);
            }
        });
    }
}

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
 * Takes rows by leases, as a relay does, so that relays may go on. An id is taken once for the rows of one claim; rows of
 * it that lie further back are sent again, because they may have been committed later.
 */
final class OutboxOutgoing implements SendBatch {

    private static final int CLAIM = 500;
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final TriggerStore table;
    private final Set<String> hurried = new HashSet<>();
    private final Map<String, Deque<List<Claimed>>> atHand = new HashMap<>();

    OutboxOutgoing(TriggerStore table) {
        this.table = table;
    }

    @Override
    public List<Claimed> next(String destination, int ids) {
        if (hurried.add(destination)) {
            // rows that a relay has put off are not due, and would not be claimed
            table.retry(destination, null);
        }
        Deque<List<Claimed>> groups = atHand.computeIfAbsent(destination, name -> new ArrayDeque<>());
        if (groups.isEmpty()) {
            groups.addAll(groups(table.claim(destination, CLAIM, LEASE).stream()));
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
        table.done(entries);
    }

    @Override
    public void refused(List<Claimed> entries, String reason) {
        table.park(entries, reason);
    }

    @Override
    public void left(List<Claimed> entries) {
        List<List<Claimed>> groups = groups(entries.stream());
        for (int n = groups.size() - 1; n >= 0; n--) {
            List<Claimed> group = groups.get(n);
            atHand.computeIfAbsent(group.get(0).trigger().destination(), name -> new ArrayDeque<>())
                    .addFirst(group);
        }
    }

    @Override
    public void close() {
        atHand.values().forEach(groups -> {
            List<Claimed> rows = groups.stream().flatMap(List::stream).toList();
            if (!rows.isEmpty()) {
                table.release(rows);
            }
        });
    }
}

package io.triggerquery.producer.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** The table in memory, with the claim rules of the real one and a clock that stands still. */
final class FakeTable implements OutboxTable {

    record Row(String destination, String id, long claimedUntil) {}

    final Map<Long, Row> rows = new TreeMap<>();
    final List<Integer> claims = new ArrayList<>();
    private final LongSupplier nanoTime;
    private long lastId;
    boolean broken;
    boolean breakAfterClaim;

    FakeTable(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void insert(String destination, String id) {
        rows.put(++lastId, new Row(destination, id, Long.MIN_VALUE));
    }

    @Override
    public List<OutboxRow> claim(String destination, int limit, Duration lease) {
        claims.add(limit);
        failIfBroken();
        List<OutboxRow> claimed = rows.entrySet().stream()
                .filter(row -> row.getValue().destination().equals(destination))
                .filter(row -> row.getValue().claimedUntil() < nanoTime.getAsLong())
                .limit(limit)
                .map(row -> new OutboxRow(row.getKey(), row.getValue().id()))
                .toList();
        claimed.forEach(row -> claimUntil(row.rowId(), nanoTime.getAsLong() + lease.toNanos()));
        broken |= breakAfterClaim && !claimed.isEmpty();
        return claimed;
    }

    @Override
    public void delete(List<Long> rowIds) {
        failIfBroken();
        rowIds.forEach(rows::remove);
    }

    @Override
    public void release(List<Long> rowIds) {
        rowIds.forEach(rowId -> claimUntil(rowId, Long.MIN_VALUE));
    }

    @Override
    public void putOff(List<Long> rowIds, Duration pause) {
        rowIds.forEach(rowId -> claimUntil(rowId, nanoTime.getAsLong() + pause.toNanos()));
    }

    @Override
    public List<String> strays(Set<String> known) {
        return rows.values().stream()
                .map(Row::destination)
                .filter(destination -> !known.contains(destination))
                .distinct()
                .toList();
    }

    @Override
    public Backlog backlog() {
        failIfBroken();
        return new Backlog(rows.size(), Duration.ofSeconds(7));
    }

    List<String> ids() {
        return rows.values().stream().map(Row::id).toList();
    }

    private void claimUntil(long rowId, long until) {
        rows.computeIfPresent(rowId, (key, row) -> new Row(row.destination(), row.id(), until));
    }

    private void failIfBroken() {
        if (broken) {
            throw new IllegalStateException("no database");
        }
    }
}

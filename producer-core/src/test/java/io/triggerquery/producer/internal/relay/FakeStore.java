package io.triggerquery.producer.internal.relay;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An insert-only table in memory, with the claim rules of the real one and the clock of the test. */
public final class FakeStore implements TriggerStore {

    record Row(
            OutgoingTrigger trigger,
            long generation,
            long due,
            int attempts,
            @Nullable String parked) {

        Row due(long newDue) {
            return new Row(trigger, generation, newDue, attempts, parked);
        }

        Row attempted() {
            return new Row(trigger, generation, due, attempts + 1, parked);
        }

        Row parked(@Nullable String reason) {
            return new Row(trigger, generation, due, attempts, reason);
        }

        Row again() {
            return new Row(trigger, generation + 1, due, attempts, parked);
        }
    }

    final Map<Long, Row> rows = new TreeMap<>();
    final List<Integer> claims = new CopyOnWriteArrayList<>();
    private final LongSupplier nanoTime;
    private long lastRow;
    volatile boolean broken;
    boolean breakAfterClaim;

    public FakeStore(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    public void insert(OutgoingTrigger trigger) {
        rows.put(++lastRow, new Row(trigger, 0, nanoTime.getAsLong(), 0, null));
    }

    void insert(String destination, String id) {
        insert(OutgoingTrigger.of(destination, id));
    }

    @Override
    public List<Claimed> claim(String destination, int limit, Duration lease) {
        claims.add(limit);
        failIfBroken();
        List<Claimed> claimed = rows.entrySet().stream()
                .filter(row -> row.getValue().trigger().destination().equals(destination))
                .filter(row -> row.getValue().parked() == null)
                .filter(row -> row.getValue().due() <= nanoTime.getAsLong())
                .sorted(Comparator.comparing(row -> row.getValue().due()))
                .limit(limit)
                .map(row -> new Claimed(
                        row.getKey(),
                        row.getValue().generation(),
                        row.getValue().trigger(),
                        row.getValue().attempts()))
                .toList();
        change(claimed, row -> row.due(nanoTime.getAsLong() + lease.toNanos()));
        broken |= breakAfterClaim && !claimed.isEmpty();
        return claimed;
    }

    public void breakDown() {
        broken = true;
    }

    /** Simulates that the entry is published again during its send. */
    void publishedAgain(long row) {
        rows.computeIfPresent(row, (key, value) -> value.again());
    }

    @Override
    public void done(List<Claimed> sent) {
        failIfBroken();
        change(sent, row -> row.due(nanoTime.getAsLong()));
        sent.forEach(claimed -> rows.computeIfPresent(
                claimed.row(), (key, row) -> row.generation() == claimed.generation() ? null : row));
    }

    @Override
    public void release(List<Claimed> untried) {
        change(untried, row -> row.due(nanoTime.getAsLong()));
    }

    @Override
    public void postpone(List<Claimed> failed, Duration pause) {
        change(failed, row -> row.due(nanoTime.getAsLong() + pause.toNanos()).attempted());
    }

    @Override
    public void park(List<Claimed> refused, String reason) {
        change(refused, row -> row.parked(reason));
    }

    @Override
    public Map<String, Long> countUnconfigured(Set<String> known) {
        return rows.values().stream()
                .map(row -> row.trigger().destination())
                .filter(destination -> !known.contains(destination))
                .collect(Collectors.groupingBy(destination -> destination, Collectors.counting()));
    }

    @Override
    public Backlog backlog() {
        failIfBroken();
        return new Backlog(rows.size(), Duration.ofSeconds(7), 0);
    }

    @Override
    public List<WaitingTrigger> list(int limit) {
        return rows.values().stream()
                .limit(limit)
                .map(row -> new WaitingTrigger(row.trigger(), Instant.EPOCH, row.attempts(), row.parked()))
                .toList();
    }

    @Override
    public int retry(String destination, @Nullable String id) {
        failIfBroken();
        rows.replaceAll((key, row) -> row.due(Math.min(row.due(), nanoTime.getAsLong())));
        return rows.size();
    }

    @Override
    public int unpark(String destination, @Nullable String id) {
        rows.replaceAll((key, row) -> row.parked(null));
        return rows.size();
    }

    public List<String> ids() {
        return rows.values().stream().map(row -> row.trigger().id()).toList();
    }

    private void change(List<Claimed> claimed, UnaryOperator<Row> change) {
        claimed.forEach(one -> rows.computeIfPresent(one.row(), (key, row) -> change.apply(row)));
    }

    private void failIfBroken() {
        if (broken) {
            throw new IllegalStateException("no database");
        }
    }
}

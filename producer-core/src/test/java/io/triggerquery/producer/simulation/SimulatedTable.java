package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.outbox.OutboxStrategy;
import io.triggerquery.producer.internal.relay.Backlog;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.relay.TriggerStore;
import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.simulation.SimulatedDatabase.Row;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The outbox as a process sees it, with the effects of the real statements. */
final class SimulatedTable implements TriggerStore, OutboxStrategy.Table {

    private final SimulatedWorld world;
    private final SimulatedProcess process;

    SimulatedTable(SimulatedWorld world, SimulatedProcess process) {
        this.world = world;
        this.process = process;
    }

    @Override
    public boolean isInTransaction() {
        return process.transactions.bound != null && TransactionSynchronizationManager.isSynchronizationActive();
    }

    @Override
    public void insert(OutgoingTrigger trigger) {
        world.database.failIfAway();
        process.transactions.bound.insert(trigger);
    }

    @Override
    public void insertAlone(OutgoingTrigger trigger) {
        call(() -> {
            SimulatedDatabase.Transaction alone = world.database.begin();
            alone.insert(trigger);
            alone.commit();
        });
    }

    @Override
    public List<Claimed> claim(String destination, int limit, Duration lease) {
        long now = world.time.now();
        List<Row> due = world.database.rows.values().stream()
                .filter(row -> row.parked == null && row.dueNanos <= now)
                .filter(row -> row.trigger.destination().equals(destination))
                .sorted(Comparator.comparingLong(row -> row.dueNanos))
                .limit(limit)
                .toList();
        call(() -> due.forEach(row -> row.dueNanos = now + lease.toNanos()));
        return due.stream()
                .map(row -> new Claimed(row.id, 0, row.trigger, row.attempts))
                .toList();
    }

    @Override
    public void done(List<Claimed> sent) {
        call(() -> sent.forEach(one -> world.database.rows.remove(one.row())));
    }

    @Override
    public void release(List<Claimed> untried) {
        change(untried, row -> row.dueNanos = world.time.now());
    }

    @Override
    public void postpone(List<Claimed> failed, Duration pause) {
        change(failed, row -> {
            row.dueNanos = world.time.now() + pause.toNanos();
            row.attempts++;
        });
    }

    @Override
    public void park(List<Claimed> refused, String reason) {
        change(refused, row -> {
            row.parked = reason;
            row.attempts++;
        });
    }

    private void change(List<Claimed> claimed, Consumer<Row> change) {
        call(() -> claimed.forEach(one -> {
            Row row = world.database.rows.get(one.row());
            if (row != null) {
                change.accept(row);
            }
        }));
    }

    /** Executes a statement. One that fails may have been executed. */
    private void call(Runnable statement) {
        world.database.failIfAway();
        statement.run();
        if (world.statementFails()) {
            world.saw(SimulationEvent.STATEMENT_FAILED);
            world.database.failed();
            throw new SimulatedDatabase.NoDatabase();
        }
    }

    @Override
    public Map<String, Long> countUnconfigured(Set<String> known) {
        world.database.failIfAway();
        return world.database.rows.values().stream()
                .map(row -> row.trigger.destination())
                .filter(destination -> !known.contains(destination))
                .collect(Collectors.groupingBy(destination -> destination, Collectors.counting()));
    }

    @Override
    public Backlog backlog() {
        long parked = world.database.rows.values().stream()
                .filter(row -> row.parked != null)
                .count();
        return new Backlog(world.database.rows.size() - parked, Duration.ZERO, parked);
    }

    @Override
    public List<WaitingTrigger> list(int limit) {
        return world.database.rows.values().stream()
                .sorted(Comparator.comparing(row -> row.parked == null))
                .limit(limit)
                .map(row -> new WaitingTrigger(row.trigger, world.instant(row.createdNanos), row.attempts, row.parked))
                .toList();
    }

    @Override
    public int retry(String destination, @Nullable String id) {
        long now = world.time.now();
        return operate(destination, id, row -> row.parked == null && row.dueNanos > now, row -> row.dueNanos = now);
    }

    @Override
    public int unpark(String destination, @Nullable String id) {
        long now = world.time.now();
        return operate(destination, id, row -> row.parked != null, row -> {
            row.parked = null;
            row.dueNanos = now;
        });
    }

    private int operate(String destination, @Nullable String id, Predicate<Row> which, Consumer<Row> change) {
        world.database.failIfAway();
        List<Row> rows = world.database.rows.values().stream()
                .filter(row -> row.trigger.destination().equals(destination))
                .filter(row -> id == null || row.trigger.id().equals(id))
                .filter(which)
                .toList();
        rows.forEach(change);
        return rows.size();
    }
}

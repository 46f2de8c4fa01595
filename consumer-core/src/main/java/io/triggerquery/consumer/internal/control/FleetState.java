package io.triggerquery.consumer.internal.control;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an instance has read of the control topic, applied to its listeners.
 *
 * <p>While the topic is read for the first time, or again because it was created again, its pauses are not applied: the
 * records that have been read may be older than others.
 *
 * <p>Threads: any. One lock guards all state; listeners are paused and resumed under it. Bounds: those of
 * {@link ControlState}. Failure: a record that cannot be read is ignored, with one log line a minute.
 */
final class FleetState {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final String instance;
    private final ControlLog topic;
    private final Duration statusEvery;
    private final BrokerClock clock;
    private final LongSupplier nanoTime;
    private final IgnoredRecords ignored;
    private final ControlState state = new ControlState();
    private final Instances instances;
    private final List<FleetMember> members = new ArrayList<>();
    private final List<ReadBack> expected = new ArrayList<>();
    private long readOffset = -1;
    private boolean isRead;
    private long statusDueAt;
    private long statusSentAt;

    /**
     * A record that has been read and concerns a command.
     *
     * @param age its age by the broker's clock
     * @param isNew whether it was sent while this instance was reading
     */
    record Received(ControlFormat.Entry entry, Duration age, boolean isNew) {}

    /**
     * What is to be sent.
     *
     * @param statuses the statuses of the listeners
     * @param expired keys to delete
     */
    record Due(Map<ControlKey, ControlValue> statuses, List<ControlKey> expired) {}

    FleetState(String instance, ControlLog topic, Duration statusEvery, Clocks clocks) {
        this.instance = instance;
        this.topic = topic;
        this.statusEvery = statusEvery;
        this.clock = new BrokerClock(clocks.time(), clocks.nanoTime());
        this.nanoTime = clocks.nanoTime();
        this.ignored = new IgnoredRecords(topic, nanoTime);
        this.instances = new Instances(instance, state, clock, statusEvery.multipliedBy(3));
        this.statusDueAt = nanoTime.getAsLong();
    }

    void join(Member member) {
        change(() -> members.add(new FleetMember(member)));
    }

    /** Reads a record. Returns it if it concerns a command, otherwise null. */
    @Nullable
    Received read(ControlLog.Record message) {
        lock.lock();
        try {
            Instant at = clock.timeOf(message);
            clock.read(message.brokerTime());
            if (message.offset() <= readOffset) {
                state.rewound();
                isRead = false;
            }
            readOffset = message.offset();
            ControlFormat.Entry entry = ControlFormat.decode(message);
            apply(entry, at);
            boolean ofCommand = entry.key() instanceof ControlKey.Command || entry.key() instanceof ControlKey.Answer;
            return ofCommand ? new Received(entry, Duration.between(at, clock.now()), isRead) : null;
        } catch (ControlFormat.UnreadableRecordException unreadable) {
            ignored.add(message, unreadable);
            return null;
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    private void apply(ControlFormat.Entry entry, Instant at) {
        if (state.apply(entry.key(), entry.value(), at)) {
            expected.forEach(each -> each.read(entry));
        } else {
            ignored.addBeyondBounds(entry.key());
        }
        if (entry.key() instanceof ControlKey.Status key && key.instance().equals(instance)) {
            clock.readBack(at.toEpochMilli(), statusSentAt);
        }
        if (entry.key() instanceof ControlKey.ListenerPause || entry.key() instanceof ControlKey.IdPause) {
            applyPauses();
            statusDueAt = nanoTime.getAsLong();
        }
    }

    private void applyPauses() {
        if (isRead || topic.unavailable() != null) {
            Instant now = clock.now();
            members.forEach(member -> member.apply(state, now));
        }
    }

    /** Records that the topic has been read to its end. Returns the pauses that it has lost, to be sent again. */
    Map<ControlKey, ControlValue.Pause> readToEnd() {
        return change(() -> {
            isRead = true;
            return state.takeMissingPauses();
        });
    }

    /** Records that the topic is no longer read. */
    void stopped() {
        change(() -> isRead = false);
    }

    /** Applies a pause, or its end, to this instance alone. Returns the time by the broker's clock. */
    Instant applyHere(ControlKey key, ControlValue.@Nullable Pause pause) {
        return change(() -> {
            Instant now = clock.now();
            state.apply(key, pause, now);
            members.forEach(member -> member.apply(state, now));
            return now;
        });
    }

    /** Ends pauses whose time has come. Returns what is to be sent now. */
    Due due() {
        return change(() -> {
            Map<ControlKey, ControlValue> statuses = new HashMap<>();
            boolean isDue = isRead && topic.unavailable() == null && nanoTime.getAsLong() - statusDueAt >= 0;
            if (isDue) {
                statusSentAt = nanoTime.getAsLong();
                statusDueAt = statusSentAt + statusEvery.toNanos();
                members.forEach(
                        member -> statuses.put(new ControlKey.Status(instance, member.listener()), member.status()));
            }
            return new Due(statuses, isDue ? state.expired(clock.now()) : List.of());
        });
    }

    /** Ends pauses whose time has come. */
    void endPauses() {
        change(() -> true);
    }

    /** Returns the keys of this instance's statuses. */
    List<ControlKey> statusKeys() {
        return change(() -> members.stream()
                .<ControlKey>map(member -> new ControlKey.Status(instance, member.listener()))
                .toList());
    }

    /** Changes the state, then pauses and resumes what it says. */
    private <T> T change(Supplier<T> action) {
        lock.lock();
        try {
            T result = action.get();
            applyPauses();
            changed.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }

    private <T extends @Nullable Object> T look(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    boolean isRead() {
        return look(() -> isRead);
    }

    /** Expects a record that is about to be sent. */
    ReadBack expect(ControlKey key, ControlValue.@Nullable Pause pause) {
        var own = new ReadBack(key, pause);
        change(() -> expected.add(own));
        return own;
    }

    /** Waits until a record has been read back and applied. Returns whether it has. */
    boolean awaitReadBack(ReadBack own, Duration limit) throws InterruptedException {
        return await(limit, reading -> reading.isRead && own.isRead());
    }

    /** Expects a record no more. */
    void forget(ReadBack own) {
        change(() -> expected.remove(own));
    }

    /** Waits until the topic has been read to its end, or cannot be used. Returns whether it has been read. */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        await(limit, reading -> reading.isRead || topic.unavailable() != null);
        return isRead();
    }

    private boolean await(Duration limit, Predicate<FleetState> condition) throws InterruptedException {
        lock.lock();
        try {
            long remaining = limit.toNanos();
            while (!condition.test(this) && remaining > 0) {
                remaining = changed.awaitNanos(remaining);
            }
            return condition.test(this);
        } finally {
            lock.unlock();
        }
    }

    Instant now() {
        return look(clock::now);
    }

    /** Returns the pause of an id that has not ended, or null. */
    ControlValue.@Nullable Pause pauseOf(String listener, String id) {
        return look(() -> state.idPauses(listener, clock.now()).get(id));
    }

    boolean isFullOfIdPauses() {
        return look(state::isFullOfIdPauses);
    }

    /** Returns the names of the other instances that have a listener and do not count as gone. */
    List<String> othersAlive(String listener) {
        return look(() -> instances.othersAlive(listener));
    }

    FleetReport report(String listener, FleetReport.From from) {
        return look(() -> {
            List<FleetReport.Instance> all = new ArrayList<>();
            members.stream()
                    .filter(member -> member.listener().equals(listener))
                    .map(member -> new FleetReport.Instance(instance, Duration.ZERO, false, member.status()))
                    .forEach(all::add);
            all.addAll(instances.others(listener));
            Instant now = clock.now();
            return FleetReport.of(listener, from, state.pause(listener, now), state.idPauses(listener, now), all);
        });
    }
}

package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.relay.Backlog;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.relay.TriggerStore;
import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Wraps a store, and makes each call a step of the simulation. */
final class SimulatedStore implements TriggerStore {

    private final SimulatedProcess process;
    private final TriggerStore store;
    private final Map<Key, Long> leases = new HashMap<>();

    SimulatedStore(SimulatedProcess process, TriggerStore store) {
        this.process = process;
        this.store = store;
    }

    @Override
    public List<Claimed> claim(String destination, int limit, Duration lease) {
        process.checkAlive();
        List<Claimed> claimed = store.claim(destination, limit, lease);
        claimed.forEach(one -> leases.put(one.trigger().key(), process.nanoTime() + lease.toNanos()));
        if (!claimed.isEmpty()) {
            process.step();
        }
        return claimed;
    }

    private void settled(List<Claimed> claimed) {
        claimed.forEach(one -> leases.remove(one.trigger().key()));
    }

    void givenUp(Key key) {
        if (leases.getOrDefault(key, 0L) > process.nanoTime()) {
            process.world.time.violated("given up while it is being sent:", key);
        }
    }

    @Override
    public void done(List<Claimed> sent) {
        process.step();
        settled(sent);
        store.done(sent);
        process.step();
    }

    @Override
    public void release(List<Claimed> untried) {
        process.step();
        settled(untried);
        store.release(untried);
    }

    @Override
    public void postpone(List<Claimed> failed, Duration pause) {
        process.step();
        settled(failed);
        store.postpone(failed, pause);
    }

    @Override
    public void park(List<Claimed> refused, String reason) {
        process.step();
        refused.forEach(one -> process.checkParking(one.trigger().key()));
        settled(refused);
        store.park(refused, reason);
        process.step();
    }

    @Override
    public Map<String, Long> countUnconfigured(Set<String> known) {
        process.checkAlive();
        return store.countUnconfigured(known);
    }

    @Override
    public Backlog backlog() {
        return store.backlog();
    }

    @Override
    public List<WaitingTrigger> list(int limit) {
        return store.list(limit);
    }

    @Override
    public int retry(String destination, @Nullable String id) {
        process.checkAlive();
        return store.retry(destination, id);
    }

    @Override
    public int unpark(String destination, @Nullable String id) {
        process.checkAlive();
        return store.unpark(destination, id);
    }
}

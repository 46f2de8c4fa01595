package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.relay.Backlog;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.relay.TriggerStore;
import io.triggerquery.producer.internal.relay.WaitingTrigger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store between whose calls anything may happen. */
final class SimulatedStore implements TriggerStore {

    private final SimulatedProcess process;
    private final TriggerStore store;

    SimulatedStore(SimulatedProcess process, TriggerStore store) {
        this.process = process;
        this.store = store;
    }

    @Override
    public List<Claimed> claim(String destination, int limit, Duration lease) {
        process.alive();
        List<Claimed> claimed = store.claim(destination, limit, lease);
        if (!claimed.isEmpty()) {
            process.step();
        }
        return claimed;
    }

    @Override
    public void done(List<Claimed> sent) {
        process.step();
        store.done(sent);
        process.step();
    }

    @Override
    public void release(List<Claimed> untried) {
        process.step();
        store.release(untried);
    }

    @Override
    public void putOff(List<Claimed> failed, Duration pause) {
        process.step();
        store.putOff(failed, pause);
    }

    @Override
    public void park(List<Claimed> refused, String reason) {
        process.step();
        refused.forEach(one -> process.mayPark(one.trigger().key()));
        store.park(refused, reason);
        process.step();
    }

    @Override
    public Map<String, Long> strays(Set<String> known) {
        process.alive();
        return store.strays(known);
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
        process.alive();
        return store.retry(destination, id);
    }

    @Override
    public int unpark(String destination, @Nullable String id) {
        process.alive();
        return store.unpark(destination, id);
    }
}

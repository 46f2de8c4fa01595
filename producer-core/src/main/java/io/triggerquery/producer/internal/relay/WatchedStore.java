package io.triggerquery.producer.internal.relay;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records whether each of a relay's calls of its store succeeds.
 *
 * <p>Threads: the relay's for the recorded calls, any for all others. Failure: the store's.
 */
final class WatchedStore implements TriggerStore {

    private final TriggerStore store;
    private final StoreFailures storeFailures;

    WatchedStore(TriggerStore store, StoreFailures storeFailures) {
        this.store = store;
        this.storeFailures = storeFailures;
    }

    private <T> T watched(StoreFailures.Call call, Supplier<T> operation) {
        T result;
        try {
            result = operation.get();
        } catch (RuntimeException | Error e) {
            storeFailures.failed(call, e);
            throw e;
        }
        storeFailures.succeeded(call);
        return result;
    }

    private void watched(StoreFailures.Call call, Runnable operation) {
        Object unused = watched(call, () -> {
            operation.run();
            return call;
        });
    }

    @Override
    public List<Claimed> claim(String destination, int limit, Duration lease) {
        return watched(StoreFailures.Call.CLAIM, () -> store.claim(destination, limit, lease));
    }

    @Override
    public void done(List<Claimed> sent) {
        watched(StoreFailures.Call.DONE, () -> store.done(sent));
    }

    @Override
    public void release(List<Claimed> untried) {
        watched(StoreFailures.Call.RELEASE, () -> store.release(untried));
    }

    @Override
    public void postpone(List<Claimed> failed, Duration pause) {
        watched(StoreFailures.Call.POSTPONE, () -> store.postpone(failed, pause));
    }

    @Override
    public void park(List<Claimed> refused, String reason) {
        watched(StoreFailures.Call.PARK, () -> store.park(refused, reason));
    }

    @Override
    public Backlog backlog() {
        return watched(StoreFailures.Call.BACKLOG, store::backlog);
    }

    @Override
    public Map<String, Long> countUnconfigured(Set<String> known) {
        return store.countUnconfigured(known);
    }

    @Override
    public List<WaitingTrigger> list(int limit) {
        return store.list(limit);
    }

    @Override
    public int retry(String destination, @Nullable String id) {
        return store.retry(destination, id);
    }

    @Override
    public int unpark(String destination, @Nullable String id) {
        return store.unpark(destination, id);
    }
}

package io.triggerquery.producer.internal.queue;

import io.triggerquery.producer.internal.relay.Backlog;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.relay.TriggerStore;
import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.report.UndeliveredReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A queue that removes entries that are too old and reports them as undelivered. Parked entries stay, and claimed ones
 * stay until their claim ends.
 *
 * <p>Threads: any. Bounds: the queue's. Failure: none.
 */
public final class ExpiringStore implements TriggerStore {

    private final TriggerQueue queue;
    private final Duration age;
    private final UndeliveredReport report;

    /**
     * Creates a store on this queue.
     *
     * @param age how long an entry may wait; the sum of the pauses between its attempts
     */
    public ExpiringStore(TriggerQueue queue, Duration age, UndeliveredReport report) {
        this.queue = queue;
        this.age = age;
        this.report = report;
    }

    @Override
    public List<Claimed> claim(String destination, int limit, Duration lease) {
        List<WaitingTrigger> expired = queue.removeOlderThan(age);
        if (!expired.isEmpty()) {
            report.report(expired, "not taken by Kafka within " + age);
        }
        return queue.claim(destination, limit, lease);
    }

    @Override
    public void done(List<Claimed> sent) {
        queue.done(sent);
    }

    @Override
    public void release(List<Claimed> untried) {
        queue.release(untried);
    }

    @Override
    public void postpone(List<Claimed> failed, Duration pause) {
        queue.postpone(failed, pause);
    }

    @Override
    public void park(List<Claimed> refused, String reason) {
        queue.park(refused, reason);
    }

    @Override
    public Map<String, Long> countUnconfigured(Set<String> known) {
        return queue.countUnconfigured(known);
    }

    @Override
    public Backlog backlog() {
        return queue.backlog();
    }

    @Override
    public List<WaitingTrigger> list(int limit) {
        return queue.list(limit);
    }

    @Override
    public int retry(String destination, @Nullable String id) {
        return queue.retry(destination, id);
    }

    @Override
    public int unpark(String destination, @Nullable String id) {
        return queue.unpark(destination, id);
    }
}

package io.triggerquery.consumer.internal.engine;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Defers failing ids, and untried ones if necessary, while they keep other ids from being read.
 *
 * <p>Threads: guarded by the engine's lock. Cost: each call iterates over all pending ids.
 */
final class OverloadDeferral {

    private final WorkQueue queue;

    OverloadDeferral(WorkQueue queue) {
        this.queue = queue;
    }

    /** Defers all failing ids, and then untried ones, the earliest sent first, until the given weight is deferred. */
    void deferExcess(long weight, boolean untriedToo) {
        long remaining = weight;
        for (WorkItem item : failing()) {
            remaining -= queue.defer(item);
        }
        if (!untriedToo || remaining <= 0) {
            return;
        }
        for (WorkItem item : untried()) {
            remaining -= queue.defer(item);
            if (remaining <= 0) {
                return;
            }
        }
    }

    private List<WorkItem> failing() {
        return triggers()
                .filter(item -> item.failures() > 0)
                .filter(item -> isReady(item, Lane.ISOLATED)
                        || item.state() instanceof WorkState.Waiting waiting
                                && waiting.reason() == WorkState.Reason.BACK_OFF)
                .toList();
    }

    /** Returns the untried ids, without those from the retry topic: these are not deferred again. */
    private List<WorkItem> untried() {
        return triggers()
                .filter(item -> isReady(item, Lane.LIVE) && !item.isFromRetryTopic())
                .sorted(Comparator.comparing(WorkItem::sentAt))
                .toList();
    }

    private Stream<WorkItem> triggers() {
        return queue.items().stream().filter(item -> item.work() instanceof Work.Refresh);
    }

    private static boolean isReady(WorkItem item, Lane lane) {
        return item.state() instanceof WorkState.Ready ready && ready.lane() == lane;
    }
}

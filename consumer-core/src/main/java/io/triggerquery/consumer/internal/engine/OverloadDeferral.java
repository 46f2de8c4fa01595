package io.triggerquery.consumer.internal.engine;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Defers failing ids, and untried ones if necessary, while they keep other ids from being read.
 *
 * <p>Threads: guarded by the engine's lock. Cost: each call passes over all that is pending.
 */
final class OverloadDeferral {

    private final WorkQueue queue;

    OverloadDeferral(WorkQueue queue) {
        this.queue = queue;
    }

    /** Sends all failing ids, and then untried ones until so much is on its way. Those sent first go first. */
    void deferExcess(long weight, boolean untriedToo) {
        long left = weight;
        for (WorkItem item : failing()) {
            left -= queue.defer(item);
        }
        if (!untriedToo || left <= 0) {
            return;
        }
        for (WorkItem item : untried()) {
            left -= queue.defer(item);
            if (left <= 0) {
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

    /** Those that came back from the retry topic are not sent round again. */
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

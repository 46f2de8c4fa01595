package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens arriving deliveries, divides records with several ids, and adds to the queue what is to be done.
 *
 * <p>Threads: guarded by the engine's lock.
 */
final class Admission {

    private final Assignments assignments;
    private final AppliedVersions appliedVersions;
    private final WorkQueue queue;
    private final String retryTopic;

    Admission(Assignments assignments, AppliedVersions appliedVersions, WorkQueue queue, String retryTopic) {
        this.assignments = assignments;
        this.appliedVersions = appliedVersions;
        this.queue = queue;
        this.retryTopic = retryTopic;
    }

    /**
     * Opens deliveries. One that is open already, or whose partition is not assigned to the consumer, is ignored.
     *
     * @return the triggers that were settled at once, since a newer version is applied
     */
    List<Trigger> accept(Object consumer, List<Delivery> deliveries) {
        List<Trigger> alreadyApplied = new ArrayList<>(0);
        long now = queue.now();
        for (Delivery delivery : deliveries) {
            OffsetTracker tracker = assignments.of(consumer, delivery.partition());
            OpenDelivery opened = tracker == null ? null : tracker.register(delivery, now);
            if (opened != null && delivery.work() instanceof Work.Several several) {
                for (OpenDelivery part : opened.tracker().divide(opened, several.parts(), now)) {
                    admit(part, alreadyApplied);
                }
            } else if (opened != null) {
                admit(opened, alreadyApplied);
            }
        }
        return alreadyApplied;
    }

    private void admit(OpenDelivery opened, List<Trigger> alreadyApplied) {
        // a deferred trigger may stand for others, so that its version says too little
        boolean covered = opened.delivery().work() instanceof Work.Refresh refresh
                && appliedVersions.cover(refresh.trigger())
                && !isRetry(opened);
        if (covered) {
            opened.tracker().settle(opened);
            alreadyApplied.add(((Work.Refresh) opened.delivery().work()).trigger());
        } else {
            offer(opened);
        }
    }

    /** Continues with an open delivery whose record has been decoded at last. */
    void decoded(OpenDelivery opened, Work work) {
        List<Work> parts = work instanceof Work.Several several ? several.parts() : List.of(work);
        opened.tracker().divide(opened, parts, queue.now()).forEach(this::offer);
    }

    private void offer(OpenDelivery opened) {
        if (opened.delivery().work() instanceof Work.Ignored) {
            opened.tracker().settle(opened);
        } else {
            queue.offer(opened, !isRetry(opened));
        }
    }

    private boolean isRetry(OpenDelivery opened) {
        return opened.delivery().partition().topic().equals(retryTopic);
    }
}

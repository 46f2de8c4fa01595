package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Opens arriving deliveries, divides records with several ids, and adds to the queue what is to be done.
 *
 * <p>Threads: guarded by the engine's lock, except for {@link #covered}, which any thread may call.
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
     * Returns the triggers of a delivery for which a newer version is applied. A deferred one may stand for others and
     * does not count.
     */
    Set<Trigger> covered(Delivery delivery) {
        if (isRetry(delivery)) {
            return Set.of();
        }
        if (!(delivery.work() instanceof Work.Several several)) {
            return isCovered(delivery.work()) ? Set.of(((Work.Refresh) delivery.work()).trigger()) : Set.of();
        }
        Set<Trigger> covered = new HashSet<>();
        for (Work part : several.parts()) {
            if (isCovered(part)) {
                covered.add(((Work.Refresh) part).trigger());
            }
        }
        return covered;
    }

    private boolean isCovered(Work work) {
        return work instanceof Work.Refresh refresh && appliedVersions.cover(refresh.trigger());
    }

    private boolean isRetry(Delivery delivery) {
        return delivery.partition().topic().equals(retryTopic);
    }

    /**
     * Opens a delivery. One that is open already, or whose partition is not assigned to the consumer, is ignored.
     *
     * @param covered its triggers that need no query
     */
    void accept(Object consumer, Delivery delivery, Set<Trigger> covered) {
        OffsetTracker tracker = assignments.of(consumer, delivery.partition());
        OpenDelivery opened = tracker == null ? null : tracker.register(delivery, queue.now());
        if (opened == null) {
            return;
        }
        if (delivery.work() instanceof Work.Several several) {
            divide(opened, several.parts(), covered);
        } else {
            admit(opened, covered);
        }
    }

    /** Continues with an open delivery whose record has been decoded at last. */
    void decoded(OpenDelivery opened, Work work) {
        divide(opened, work instanceof Work.Several several ? several.parts() : List.of(work), Set.of());
    }

    private void divide(OpenDelivery opened, List<Work> parts, Set<Trigger> covered) {
        for (OpenDelivery part : opened.tracker().divide(opened, parts, queue.now())) {
            admit(part, covered);
        }
    }

    private void admit(OpenDelivery opened, Set<Trigger> covered) {
        Work work = opened.delivery().work();
        boolean nothingToDo = work instanceof Work.Ignored
                || !covered.isEmpty() && work instanceof Work.Refresh refresh && covered.contains(refresh.trigger());
        if (nothingToDo) {
            opened.tracker().settle(opened);
        } else {
            queue.offer(opened, !isRetry(opened.delivery()));
        }
    }
}

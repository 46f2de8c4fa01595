package io.triggerquery.consumer.internal.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** An assignment of a partition to a consumer, as the broker and as the engine see it. */
final class SimulatedAssignment {

    final SimulatedProcess process;
    final SimulatedPartition partition;
    final Object consumer;

    /** Whether the engine has released, and whether it has fenced the assignment. */
    boolean leaving;

    boolean ended;
    int position;
    private final List<Arrival> open = new ArrayList<>();
    private final List<Arrival> uncommitted = new ArrayList<>();
    private long acknowledged = -1;

    /**
     * Creates an assignment.
     *
     * @param partition null for requests, which have no message
     */
    SimulatedAssignment(SimulatedProcess process, SimulatedPartition partition, Object consumer) {
        this.process = process;
        this.partition = partition;
        this.consumer = consumer;
    }

    /** Returns whether the broker considers it the owner. An expelled consumer learns it later. */
    boolean isCurrent() {
        return partition.owner == this;
    }

    boolean isOpen(long offset) {
        return open.stream().anyMatch(arrival -> arrival.offset == offset);
    }

    void opened(Arrival arrival) {
        open.add(arrival);
        if (partition != null) {
            uncommitted.add(arrival);
        }
    }

    void closed(Arrival arrival) {
        open.remove(arrival);
    }

    /** Returns how many open deliveries are undecoded records. */
    int undecoded() {
        return (int) open.stream()
                .filter(arrival -> arrival.work instanceof Work.Undecoded)
                .count();
    }

    int open() {
        return open.size();
    }

    void forgetOpen() {
        open.clear();
    }

    /** Handles a commit of the engine. */
    void acknowledge(long offset, SimulatedWorld world) {
        Violation.unless(!ended, "G6: committed after the assignment ended:", this, offset);
        Violation.unless(offset >= acknowledged, "G1: committed backwards:", this, offset, "after", acknowledged);
        world.trace("commit", this, offset);
        acknowledged = offset;
        long below = offset + 1;
        for (Iterator<Arrival> each = uncommitted.iterator(); each.hasNext(); ) {
            Arrival arrival = each.next();
            if (arrival.offset < below) {
                arrival.checkCommitted(below, world.database);
                each.remove();
            }
        }
        if (isCurrent()) {
            partition.committed = below;
        } else {
            world.saw(SimulationEvent.LATE_COMMIT_REFUSED);
        }
    }

    @Override
    public String toString() {
        return (partition == null ? "requests" : partition.name) + " of " + process;
    }
}

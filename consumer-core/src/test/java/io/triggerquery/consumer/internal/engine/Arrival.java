package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.internal.engine.SimulatedPartition.Entry;
import java.util.ArrayList;
import java.util.List;

/** The model of a delivery, or of a part of one: whether it may be committed. */
final class Arrival {

    /** The state of a delivery. */
    enum State {
        OPEN,
        SUPERSEDED,
        APPLIED,
        ALREADY_APPLIED,
        PUT_ASIDE,
        IGNORED,
        DECODED
    }

    final SimulatedAssignment assignment;
    final Work work;
    final long offset;
    final long at;
    private long truth;
    private State state = State.OPEN;
    private Arrival successor;

    /**
     * Opens an arrival.
     *
     * @param truth the version that the projection must have reached when it is settled
     */
    Arrival(SimulatedAssignment assignment, Work work, long offset, long truth, long at) {
        this.assignment = assignment;
        this.work = work;
        this.offset = offset;
        this.truth = truth;
        this.at = at;
    }

    /** Opens an arrival for each part of a record. */
    static List<Arrival> of(SimulatedAssignment assignment, Work work, Entry entry, long at) {
        List<Work> parts = work instanceof Work.Several several ? several.parts() : List.of(work);
        List<Arrival> arrivals = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            long truth = entry.contents().get(i).truth();
            arrivals.add(new Arrival(assignment, parts.get(i), entry.offset(), truth, at));
        }
        return arrivals;
    }

    void settle(State how) {
        state = how;
        assignment.closed(this);
    }

    /** Marks its record as decoded. The parts stay open. */
    void replacedBy(List<Arrival> parts) {
        settle(State.DECODED);
        parts.forEach(assignment::opened);
    }

    void supersededBy(Arrival later) {
        successor = later;
        later.truth = Math.max(later.truth, truth);
        settle(State.SUPERSEDED);
    }

    boolean isFromRetryTopic() {
        return assignment.partition != null && assignment.partition.name.topic().equals(SimulatedBroker.RETRY_TOPIC);
    }

    /** Returns the version that its trigger was sent for; without one, the newest version counts. */
    long version() {
        return work instanceof Work.Refresh refresh
                ? refresh.trigger().version().orElse(Long.MAX_VALUE)
                : Long.MAX_VALUE;
    }

    long truth() {
        return truth;
    }

    /** G1: checks that a commit up to an offset loses nothing. */
    void checkCommitted(long below, SimulatedDatabase database) {
        Arrival last = this;
        while (last.state == State.SUPERSEDED && last.successor.offset < below) {
            last = last.successor;
        }
        Violation.unless(last.state != State.OPEN, "G1: committed to", below, "without", last);
        if (last.state == State.APPLIED || last.state == State.ALREADY_APPLIED) {
            String id = ((Work.Refresh) work).trigger().id();
            Violation.unless(
                    database.truth(id) >= truth, "G1: committed to", below, "but not projected", this, "by", last);
        }
    }

    @Override
    public String toString() {
        return work.name() + "@" + assignment + "-" + offset + " " + state + " arrived at " + at + " for version "
                + truth;
    }
}

package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.internal.engine.SimulatedPartition.Entry;
import java.util.ArrayList;
import java.util.List;

/** A delivery, or a part of one, as the guarantees see it: whether it may be committed. */
final class Arrival {

    /** Where it stands. */
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
     * Opens it.
     *
     * @param truth the version that the projection must have reached once it is settled
     */
    Arrival(SimulatedAssignment assignment, Work work, long offset, long truth, long at) {
        this.assignment = assignment;
        this.work = work;
        this.offset = offset;
        this.truth = truth;
        this.at = at;
    }

    /** Opens one for each part of a record. */
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

    /** Its record has been decoded. The parts stay open. */
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

    /** The version that its trigger was sent for; one without is for any change until now. */
    long version() {
        return work instanceof Work.Refresh refresh
                ? refresh.trigger().version().orElse(Long.MAX_VALUE)
                : Long.MAX_VALUE;
    }

    long truth() {
        return truth;
    }

    /** G1: nothing is lost if everything below an offset is committed. */
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

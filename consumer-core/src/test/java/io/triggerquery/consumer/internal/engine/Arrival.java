package io.triggerquery.consumer.internal.engine;

/** A delivery as the guarantees see it: whether it may be committed. */
final class Arrival {

    /** Where it stands. */
    enum State {
        OPEN,
        SUPERSEDED,
        APPLIED,
        ALREADY_APPLIED,
        PUT_ASIDE
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

    void settle(State how) {
        state = how;
        assignment.closed(this);
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

package io.triggerquery.consumer.engine;

/**
 * The room for ids that wait for a later try. It is apart from the room for work, so that ids which never succeed cannot
 * fill that up.
 *
 * <p>Threads: guarded by the engine's lock.
 */
final class WaitingRoom {

    private static final int CROWDED_PERCENT = 80;

    private final int limit;
    private final Load occupied;
    private final Load crowded;

    WaitingRoom(int limit) {
        this.limit = limit;
        this.occupied = new Load(limit);
        this.crowded = new Load(Math.max(1, limit * (long) CROWDED_PERCENT / 100));
    }

    void enter(WorkState.Reason reason) {
        if (reason.isTrouble()) {
            occupied.add(1);
            crowded.add(1);
        }
    }

    void leave(WorkState.Reason reason) {
        if (reason.isTrouble()) {
            occupied.remove(1);
            crowded.remove(1);
        }
    }

    int waiting() {
        return (int) occupied.weight();
    }

    int limit() {
        return limit;
    }

    boolean full() {
        return occupied.full();
    }

    boolean crowded() {
        return crowded.full();
    }
}

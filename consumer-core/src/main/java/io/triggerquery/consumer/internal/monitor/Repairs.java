package io.triggerquery.consumer.internal.monitor;

import java.util.OptionalLong;

/**
 * Triggers ids that are not consistent, within the rate of the monitor.
 *
 * <p>An id that the source does not have is triggered only if most of the last {@value #ANSWERS} answers were states:
 * a source that knows none of its ids has the wrong address, or has lost its data.
 *
 * <p>Threads: the monitor's thread.
 */
final class Repairs {

    private static final int ANSWERS = 20;

    private final MonitoredWork work;
    private final Budget budget;
    private final MonitorListener listener;
    private final boolean[] absent = new boolean[ANSWERS];
    private int answers;
    private int absences;

    /** What was done about an id. */
    enum Repair {
        TRIGGERED,
        LATER,
        NONE
    }

    Repairs(MonitoredWork work, Budget budget, MonitorListener listener) {
        this.work = work;
        this.budget = budget;
        this.listener = listener;
    }

    /** Counts an answer of the source. */
    void answered(boolean found) {
        int at = answers++ % ANSWERS;
        absences += (found ? 0 : 1) - (absent[at] ? 1 : 0);
        absent[at] = !found;
    }

    private boolean holdsAbsences() {
        return answers < ANSWERS || absences > ANSWERS / 2;
    }

    Repair repair(String id, Look look, Cause cause, long now) {
        if (!cause.repairable() || work.isPaused(id)) {
            return Repair.NONE;
        }
        if (!look.isFound() && holdsAbsences()) {
            listener.absencesHeld();
            return Repair.LATER;
        }
        OptionalLong version = look.answered();
        // the check has used the budget: a repair may be ahead of it by one id
        if (budget.available(now) < 0 || !work.request(id, version)) {
            return Repair.LATER;
        }
        budget.use(1);
        listener.repaired(id);
        return Repair.TRIGGERED;
    }
}

package io.triggerquery.producer.simulation;

/** Events that random schedules must cover. */
enum SimulationEvent {
    COMMITTED,
    ROLLED_BACK,
    COMMIT_FAILED,
    COMMITTED_LATE,
    NOT_PREPARED,
    PUBLISHED_AFTER_COMMIT,
    REJECTED,
    REPORTED,
    LOST_WITH_ITS_PROCESS,
    AWAY,
    SILENT,
    LEADERLESS,
    DENIED,
    TOO_LARGE,
    WRONG_TIME,
    ANSWER_LOST,
    PARKED,
    UNPARKED,
    RETRIED,
    STATEMENT_FAILED,
    DATABASE_AWAY,
    DISK_FAILED,
    POWER_FAILED,
    CRASHED,
    CRASHED_MIDWAY,
    STOPPED,
    STRATEGY_CHANGED,
    PROBED,
    PROBED_DURING_AN_OUTAGE,
    DRAINED;

    /** Whether the model currently generates the event. */
    boolean isGenerated() {
        return this != WRONG_TIME || Expectation.A_WRONG_CLOCK_PARKS_NOTHING.isOn();
    }
}

package io.triggerquery.consumer.test.faults;

/** Whether a call of the database has its effect before it fails. */
public enum When {

    /** The call has no effect: it does not reach the database. A commit ends as a rollback. */
    BEFORE,

    /** The call has its effect: only its answer is lost. */
    AFTER
}

package io.triggerquery.consumer.test.faults;

/** Whether a call of the database has had its effect when the fault comes. */
public enum When {

    /** It has not: the call never arrived. A commit ends as a rollback. */
    BEFORE,

    /** It has: only the answer is lost. */
    AFTER
}

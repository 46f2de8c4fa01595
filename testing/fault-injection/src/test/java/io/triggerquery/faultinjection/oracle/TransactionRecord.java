package io.triggerquery.faultinjection.oracle;

import io.triggerquery.faultinjection.journal.Entry.Begun;
import io.triggerquery.faultinjection.journal.Entry.Changed;
import io.triggerquery.faultinjection.journal.Entry.Ended;
import io.triggerquery.faultinjection.journal.Entry.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A transaction, as far as its child has reported it.
 *
 * @param life the number of its child in the run, from 0
 */
record TransactionRecord(
        int life,
        Begun begun,
        @Nullable Changed changed,
        @Nullable Ended ended) {

    boolean made(String id, long version) {
        return changed != null
                && (ended == null || ended.outcome() != Outcome.ROLLED_BACK)
                && changed.changes().stream().anyMatch(change -> change.id().equals(id) && change.version() == version);
    }

    /** Returns whether it publishes after its commit and received no acceptance of the trigger. */
    boolean isNotAccepted() {
        return !begun.inTransaction() && (ended == null || ended.outcome() != Outcome.COMMITTED);
    }
}

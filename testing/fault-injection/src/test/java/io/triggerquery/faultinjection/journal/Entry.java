package io.triggerquery.faultinjection.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** An event that a child reports: the steps of its transactions and its answers to commands, in order. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
@JsonSubTypes({
    @Type(value = Entry.Begun.class, name = "begun"),
    @Type(value = Entry.Changed.class, name = "changed"),
    @Type(value = Entry.Ended.class, name = "ended"),
    @Type(value = Entry.Answer.class, name = "answer")
})
public sealed interface Entry {

    /** The end of a transaction in the child. */
    enum Outcome {
        /** The commit has returned, and so has {@code publish} if it comes after the commit. */
        COMMITTED,
        /** {@code publish} has rejected the trigger. */
        REJECTED,
        /** Rolled back on purpose. */
        ROLLED_BACK,
        /** The transaction has failed with an exception; it may be committed or not. */
        UNKNOWN
    }

    /** A changed row. */
    record Change(String id, long version) {}

    /**
     * Before the first statement.
     *
     * @param atMillis the time by the machine's clock, which the oracle uses too
     * @param inTransaction whether the change and its trigger share a transaction
     */
    record Begun(String tx, long atMillis, boolean inTransaction, List<String> ids) implements Entry {}

    /** After the last statement, before the first {@code publish}. */
    record Changed(String tx, long atMillis, List<Change> changes) implements Entry {}

    /** After the end. */
    record Ended(String tx, long atMillis, Outcome outcome) implements Entry {}

    /** The answer to a command. */
    record Answer(String text) implements Entry {}
}

package io.triggerquery.proof.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What a child tells of its transactions, and its answers to commands, in the order in which it happens. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
@JsonSubTypes({
    @Type(value = Entry.Begun.class, name = "begun"),
    @Type(value = Entry.Changed.class, name = "changed"),
    @Type(value = Entry.Ended.class, name = "ended"),
    @Type(value = Entry.Answer.class, name = "answer")
})
public sealed interface Entry {

    /** How a transaction ended, as the child saw it. */
    enum Outcome {
        /** The commit has returned, and where {@code publish} comes after it: that has too. */
        COMMITTED,
        /** {@code publish} has answered that it does not accept the trigger. */
        REJECTED,
        /** Rolled back on purpose. */
        ROLLED_BACK,
        /** It has thrown: whether it is committed, only the database knows. */
        UNKNOWN
    }

    /** One changed row. */
    record Change(String id, long version) {}

    /**
     * Before the first statement.
     *
     * @param atMillis by the machine's clock, which the oracle shares
     * @param inTransaction whether the change and its trigger share a transaction
     */
    record Begun(String tx, long atMillis, boolean inTransaction, List<String> ids) implements Entry {}

    /** After the last statement, before the first {@code publish}. */
    record Changed(String tx, long atMillis, List<Change> changes) implements Entry {}

    /** After the end. */
    record Ended(String tx, long atMillis, Outcome outcome) implements Entry {}

    /** What a command has led to. */
    record Answer(String text) implements Entry {}
}

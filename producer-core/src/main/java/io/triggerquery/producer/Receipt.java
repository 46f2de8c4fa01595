package io.triggerquery.producer;

/** What a published trigger has reached when {@link TriggerPublisher#publish} returns. */
public sealed interface Receipt {

    /** A row in the caller's transaction: it is sent if, and only if, that transaction commits. */
    record InTransaction() implements Receipt {}

    /** A committed row, because there was no transaction to take part in: it will be sent. */
    record Stored() implements Receipt {}

    /**
     * Not accepted; nothing will be sent.
     *
     * @param reason one sentence that says what to change; it contains no unchecked input
     */
    record Rejected(String reason) implements Receipt {}
}

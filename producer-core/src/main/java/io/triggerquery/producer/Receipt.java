package io.triggerquery.producer;

/** What a published trigger has reached when {@link TriggerPublisher#publish} returns. */
public sealed interface Receipt {

    /** A row in the caller's transaction: it is sent if, and only if, that transaction commits. */
    record InTransaction() implements Receipt {}

    /** Not accepted, for the reason given; nothing will be sent. */
    record Rejected(String reason) implements Receipt {}
}

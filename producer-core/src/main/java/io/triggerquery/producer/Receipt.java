package io.triggerquery.producer;

/** What a published trigger has reached when {@link TriggerPublisher#publish} returns. */
public sealed interface Receipt {

    /** A row in the caller's transaction: it is sent if, and only if, that transaction commits. */
    record InTransaction() implements Receipt {}

    /** Handed over when the caller's transaction has ended, to what the destination's strategy keeps triggers in. */
    record AfterCommit() implements Receipt {}

    /** A committed row, because there was no transaction to take part in: it will be sent. */
    record Stored() implements Receipt {}

    /** On this machine's disk: it will be sent, also after a crash. */
    record OnDisk() implements Receipt {}

    /** In this process's memory: it will be sent unless the process dies before. */
    record InMemory() implements Receipt {}

    /** The relay service has it: it will be sent, whatever becomes of this process. */
    record WithRelayService() implements Receipt {}

    /**
     * Not accepted: it will not be sent. One that is well-formed is written to the log of undelivered triggers, from which
     * a command sends it.
     *
     * @param reason one sentence that says what to change; it contains no unchecked input
     */
    record Rejected(String reason) implements Receipt {}
}

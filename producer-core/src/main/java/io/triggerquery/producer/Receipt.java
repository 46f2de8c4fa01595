package io.triggerquery.producer;

/** The result of publishing a trigger. */
public sealed interface Receipt {

    /** The trigger is accepted; the subtypes say where it is kept. Further subtypes may be added. */
    sealed interface Accepted extends Receipt {}

    /** A row in the caller's transaction: the trigger is sent if, and only if, that transaction commits. */
    record InTransaction() implements Accepted {}

    /** The trigger is passed to the destination's strategy when the caller's transaction has committed. */
    record AfterCommit() implements Accepted {}

    /** A committed row, because there was no transaction to take part in: the trigger will be sent. */
    record Stored() implements Accepted {}

    /** On this machine's disk: the trigger will be sent, also after a crash. */
    record OnDisk() implements Accepted {}

    /** In this process's memory: the trigger will be sent unless the process ends without a regular stop. */
    record InMemory() implements Accepted {}

    /** The relay service has the trigger and will send it, whatever becomes of this process. */
    record WithRelayService() implements Accepted {}

    /**
     * The trigger is not accepted and will not be sent. If it is well-formed it is written to the log of undelivered
     * triggers, from which {@code triggerctl} can send it.
     *
     * @param reason one sentence that says what to change; it contains no unchecked input
     */
    record Rejected(String reason) implements Receipt {}
}

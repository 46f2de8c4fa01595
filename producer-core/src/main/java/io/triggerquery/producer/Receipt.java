package io.triggerquery.producer;

/** The result of publishing a trigger. */
public sealed interface Receipt {

    /** The trigger is accepted. The subtype names where it is kept; more subtypes may be added. */
    sealed interface Accepted extends Receipt {}

    /** A row in the caller's transaction: the trigger is sent if, and only if, that transaction commits. */
    record InTransaction() implements Accepted {}

    /** The trigger is passed to the destination's strategy when the caller's transaction has committed. */
    record AfterCommit() implements Accepted {}

    /** A committed row, because there was no transaction to join: the trigger will be sent. */
    record Stored() implements Accepted {}

    /** On this machine's disk: the trigger will be sent, also after a crash. */
    record OnDisk() implements Accepted {}

    /** In this process's memory: the trigger will be sent unless the process ends without a regular stop. */
    record InMemory() implements Accepted {}

    /** In the relay service's database: the relay service will send it, even if this process dies. */
    record WithRelayService() implements Accepted {}

    /**
     * The trigger is not accepted and will not be sent. If it is well-formed it is written to the log of undelivered
     * triggers, from which {@code triggerctl} can send it.
     *
     * @param reason one sentence on what to change, without unchecked input
     */
    record Rejected(String reason) implements Receipt {}
}

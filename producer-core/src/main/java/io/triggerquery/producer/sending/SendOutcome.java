package io.triggerquery.producer.sending;

/** What became of a send. */
public sealed interface SendOutcome {

    /** All in-sync replicas have it. */
    record Acknowledged() implements SendOutcome {}

    /** The broker did not take it in time; the next attempt may succeed. */
    record Unreachable(String reason) implements SendOutcome {}

    /** Nothing can be sent to this destination until an operator acts, say because access is denied. */
    record Blocked(String reason) implements SendOutcome {}

    /** This trigger will never be accepted; others may. */
    record Refused(String reason) implements SendOutcome {}
}

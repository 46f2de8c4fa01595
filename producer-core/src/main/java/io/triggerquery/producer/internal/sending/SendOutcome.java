package io.triggerquery.producer.internal.sending;

/**
 * The result of a send.
 *
 * <p>A part is the part of a destination to which the trigger was sent, such as {@code "partition 3"}; empty for all of
 * it, or if it is not known.
 */
public sealed interface SendOutcome {

    /** Returns the reason why the trigger was not acknowledged, for people; empty if it was. */
    String reason();

    /** All in-sync replicas have the trigger. */
    record Acknowledged(String part) implements SendOutcome {

        /** Creates the outcome of a destination without parts. */
        public Acknowledged() {
            this("");
        }

        @Override
        public String reason() {
            return "";
        }
    }

    /**
     * The broker did not acknowledge the trigger in time; the next attempt may succeed.
     *
     * @param part the part that could not be reached; others may be reachable
     */
    record Unreachable(String reason, String part) implements SendOutcome {

        /** Creates the outcome for a whole destination. */
        public Unreachable(String reason) {
            this(reason, "");
        }
    }

    /** Nothing can be sent to this destination until an operator acts, for example because access is denied. */
    record Blocked(String reason) implements SendOutcome {}

    /**
     * This trigger was not accepted as it was sent; others may be accepted.
     *
     * @param permanent whether no change of the broker's settings can make it acceptable
     */
    record Refused(String reason, boolean permanent) implements SendOutcome {

        /** Creates a permanent refusal. */
        public Refused(String reason) {
            this(reason, true);
        }
    }
}

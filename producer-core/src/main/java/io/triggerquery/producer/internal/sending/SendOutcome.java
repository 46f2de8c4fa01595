package io.triggerquery.producer.internal.sending;

/**
 * The result of a send.
 *
 * <p>A part is what of a destination was asked, in words: {@code "partition 3"}, or an empty text for all of it or if
 * that is not known.
 */
public sealed interface SendOutcome {

    /** Why it was not acknowledged, for people; empty if it was. */
    String reason();

    /** All in-sync replicas have it. */
    record Acknowledged(String part) implements SendOutcome {

        /** By a destination that has no parts. */
        public Acknowledged() {
            this("");
        }

        @Override
        public String reason() {
            return "";
        }
    }

    /**
     * The broker did not take it in time; the next attempt may succeed.
     *
     * @param part what could not be reached; others may be
     */
    record Unreachable(String reason, String part) implements SendOutcome {

        /** None of the destination could be reached. */
        public Unreachable(String reason) {
            this(reason, "");
        }
    }

    /** Nothing can be sent to this destination until an operator acts, say because access is denied. */
    record Blocked(String reason) implements SendOutcome {}

    /**
     * This trigger was not accepted as it was sent; others may be.
     *
     * @param forGood whether no change of the broker's settings could have it accepted
     */
    record Refused(String reason, boolean forGood) implements SendOutcome {

        /** For good. */
        public Refused(String reason) {
            this(reason, true);
        }
    }
}

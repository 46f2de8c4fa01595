package io.triggerquery.consumer.internal.monitor;

import java.util.Locale;

/** Why an id is not consistent, as far as it can be proved. */
public enum Cause {

    /** All triggers that the topic had when the difference was seen are settled: none of them was for this change. */
    NO_TRIGGER_SEEN("none of its triggers in the topic is open, so no trigger was sent for this change"),

    /** Its trigger waits in this instance. */
    WAITING("its trigger is not settled yet"),

    /** Its trigger is in the retry topic. */
    DEFERRED("its trigger was deferred to the retry topic"),

    /** Its trigger is in the dead-letter topic. */
    DEAD_LETTERED("its trigger is in the dead-letter topic"),

    /** The source's answer is older than the trigger or than the projection. */
    STALE_REPLICA("the source's answer is older than its trigger or than the projection"),

    /** The projection has an older version than was applied before. */
    BACKWARDS("a newer version was applied before"),

    /** The source has it, the projection does not; nothing more is proved. */
    ABSENT_HERE("the source has it, the projection does not"),

    /** The projection has it, the source does not; nothing more is proved. */
    ORPHAN("the projection has it, the source does not"),

    /** The projection has an older version than the source; nothing more is proved. */
    UNKNOWN("the cause could not be determined");

    private final String sentence;

    Cause(String sentence) {
        this.sentence = sentence;
    }

    /** Returns the name in reports and meters. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns what it means, as a part of a sentence. */
    public String sentence() {
        return sentence;
    }

    /** Returns whether a trigger can repair it, and nothing else is about to. */
    boolean repairable() {
        return switch (this) {
            case NO_TRIGGER_SEEN, BACKWARDS, ABSENT_HERE, ORPHAN, UNKNOWN -> true;
            case WAITING, DEFERRED, DEAD_LETTERED, STALE_REPLICA -> false;
        };
    }
}

package io.triggerquery.consumer.internal.failure;

import io.triggerquery.consumer.FailureKind;

/**
 * The kind, type and one-line message of a failure, kept while its id waits. The failure itself may hold a whole
 * answer, and its request.
 */
public final class FailureSummary extends RuntimeException {

    private final FailureKind kind;
    private final String type;

    /**
     * Creates the summary.
     *
     * @param type the name of the failure's class
     * @param line the failure as one line
     */
    public FailureSummary(FailureKind kind, String type, String line) {
        super(line, null, false, false);
        this.kind = kind;
        this.type = type;
    }

    /** What the failure says of its ids. */
    public FailureKind kind() {
        return kind;
    }

    /** The name of the failure's class. */
    public String type() {
        return type;
    }

    @Override
    public String toString() {
        return String.valueOf(getMessage());
    }
}

package io.triggerquery.consumer.internal.failure;

import io.triggerquery.consumer.FailureKind;

/**
 * The kind, type and one-line message of a failure, kept while its id waits. The failure itself may hold a complete
 * answer and its request.
 */
public final class FailureSummary extends RuntimeException {

    private final FailureKind kind;
    private final String type;

    /**
     * Creates a summary.
     *
     * @param type the name of the failure's class
     * @param line the failure as one line
     */
    public FailureSummary(FailureKind kind, String type, String line) {
        super(line, null, false, false);
        this.kind = kind;
        this.type = type;
    }

    /** Returns the kind of the failure. */
    public FailureKind kind() {
        return kind;
    }

    /** Returns the name of the failure's class. */
    public String type() {
        return type;
    }

    @Override
    public String toString() {
        return String.valueOf(getMessage());
    }
}

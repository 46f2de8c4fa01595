package io.triggerquery.consumer.internal.control;

import java.util.Optional;
import java.util.stream.Stream;

/** An operation that another instance can execute. */
public enum Operation {
    /** Tries a waiting id now. */
    RETRY("retry", false),
    /** Forgets which versions of an id were applied and are expected. */
    FORGET("forget", true),
    /** Permits the projection of held absences. */
    CONFIRM_ABSENCES("confirm-absences", true),
    /** Compares the projection with the source. */
    RESYNC("resync", false),
    /** Queries everything that the source lists. */
    RESYNC_ALL("resync-all", false);

    private final String text;
    private final boolean forAll;

    Operation(String text, boolean forAll) {
        this.text = text;
        this.forAll = forAll;
    }

    /** Returns its name in requests and records. */
    public String text() {
        return text;
    }

    /** Returns whether all instances execute it, and not only the one that has the id or the partition. */
    public boolean isForAll() {
        return forAll;
    }

    static Optional<Operation> of(String text) {
        return Stream.of(values())
                .filter(operation -> operation.text.equals(text))
                .findFirst();
    }
}

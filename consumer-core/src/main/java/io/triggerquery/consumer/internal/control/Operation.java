package io.triggerquery.consumer.internal.control;

import java.util.Optional;
import java.util.stream.Stream;

/** What another instance can be asked to do, or to say. */
public enum Operation {
    /** Tries a waiting id now. */
    RETRY("retry", Kind.FOR_ONE),
    /** Tries now all ids that wait after a failure with a reason, which takes the place of the id in the command. */
    RETRY_AFTER("retry-after", Kind.FOR_ALL),
    /** Forgets which versions of an id were applied and are expected. */
    FORGET("forget", Kind.FOR_ALL),
    /** Permits the projection of held absences. */
    CONFIRM_ABSENCES("confirm-absences", Kind.FOR_ALL),
    /** Compares the projection with the source. */
    RESYNC("resync", Kind.FOR_ONE),
    /** Queries everything that the source lists. */
    RESYNC_ALL("resync-all", Kind.FOR_ONE),
    /** Says what is known of an id; executed by the instance that has open work for it. */
    STORY("story", Kind.LOOK),
    /** The same, without messages of exceptions. */
    STORY_WITHOUT_ERRORS("story-without-errors", Kind.LOOK),
    /** Lists stuck ids, as many at most as the command says in the place of the id. */
    STUCK("stuck", Kind.LOOK_IN_ALL),
    /** The same, without messages of exceptions. */
    STUCK_WITHOUT_ERRORS("stuck-without-errors", Kind.LOOK_IN_ALL);

    private final String text;
    private final Kind kind;

    private enum Kind {
        FOR_ONE,
        FOR_ALL,
        LOOK,
        LOOK_IN_ALL
    }

    Operation(String text, Kind kind) {
        this.text = text;
        this.kind = kind;
    }

    /** Returns its name in requests and records. */
    public String text() {
        return text;
    }

    /** Returns whether all instances execute it, and not only the one that has the id or the partition. */
    public boolean isForAll() {
        return kind == Kind.FOR_ALL || kind == Kind.LOOK_IN_ALL;
    }

    /** Returns whether it changes nothing. */
    boolean isLook() {
        return kind == Kind.LOOK || kind == Kind.LOOK_IN_ALL;
    }

    static Optional<Operation> of(String text) {
        return Stream.of(values())
                .filter(operation -> operation.text.equals(text))
                .findFirst();
    }
}

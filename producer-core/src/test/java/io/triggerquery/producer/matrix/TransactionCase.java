package io.triggerquery.producer.matrix;

import io.triggerquery.producer.matrix.Place.End;
import io.triggerquery.producer.matrix.Place.Manager;
import io.triggerquery.producer.matrix.Service.Kept;

/** A combination of a place, a transaction manager and an end of the transaction, and its allowed outcomes. */
record TransactionCase(Place place, Manager manager, End end) {

    /** The text is part of an id. */
    @Override
    public String toString() {
        return place + "." + manager + "." + end;
    }

    boolean allows(Kept kept, String outcome) {
        if (mayBeRefused(kept)) {
            return outcome.equals("refused") || outcome.equals("not called");
        }
        return switch (end) {
            case COMMIT -> outcome.equals(isUndone(kept) ? "nothing" : "sent");
            case ROLLBACK ->
                outcome.equals("nothing")
                        || outcome.equals("not called") && isAfterCommit()
                        || outcome.equals("sent") && mayBeSentForARollback(kept);
            case ANSWER_LOST -> outcome.equals(isUndone(kept) ? "nothing" : isAfterCommit() ? "not called" : "sent");
            case HALTED ->
                outcome.equals(isUndone(kept) ? "nothing" : kept.survivesTheProcess ? "sent" : "possibly lost");
        };
    }

    /** Whether the call is made only after a known commit. */
    private boolean isAfterCommit() {
        return place == Place.AFTER_COMMIT || place == Place.AFTER_COMMIT_CALLBACK;
    }

    /** Whether the rollback to the savepoint removes the row. */
    private boolean isUndone(Kept kept) {
        return place == Place.SAVEPOINT_ROLLED_BACK && kept == Kept.OUTBOX;
    }

    private boolean mayBeRefused(Kept kept) {
        boolean unknown =
                !manager.bean && (place == Place.AFTER_COMMIT_CALLBACK || place == Place.REQUIRES_NEW_AFTER_COMMIT);
        return kept == Kept.OUTBOX && (place == Place.READ_ONLY || unknown);
    }

    /** Whether a trigger may be sent without a change, because the publisher cannot know of the rollback or the receipt allows it. */
    private boolean mayBeSentForARollback(Kept kept) {
        return switch (place) {
            case FLUSH -> kept != Kept.OUTBOX;
            case AFTER_COMPLETION -> true;
            case OTHER_MANAGER -> kept == Kept.OUTBOX;
            case BEFORE_COMMIT, BEFORE_COMPLETION, REQUIRES_NEW_AFTER_COMMIT -> !manager.bean && kept != Kept.OUTBOX;
            default -> false;
        };
    }
}

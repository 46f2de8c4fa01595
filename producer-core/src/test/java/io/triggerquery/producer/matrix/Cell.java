package io.triggerquery.producer.matrix;

import io.triggerquery.producer.matrix.Place.End;
import io.triggerquery.producer.matrix.Place.Manager;
import io.triggerquery.producer.matrix.Service.Kept;

/** A place, a manager and an end, and what may come of them. */
record Cell(Place place, Manager manager, End end) {

    /** As it is part of an id. */
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
                outcome.equals(isUndone(kept) ? "nothing" : kept.outlivesTheProcess ? "sent" : "its row's window");
        };
    }

    /** Not called unless the commit is known. */
    private boolean isAfterCommit() {
        return place == Place.AFTER_COMMIT || place == Place.AFTER_COMMIT_CALLBACK;
    }

    /** The row is part of what the savepoint undoes. */
    private boolean isUndone(Kept kept) {
        return place == Place.SAVEPOINT_ROLLED_BACK && kept == Kept.OUTBOX;
    }

    private boolean mayBeRefused(Kept kept) {
        boolean unknown =
                !manager.bean && (place == Place.AFTER_COMMIT_CALLBACK || place == Place.REQUIRES_NEW_AFTER_COMMIT);
        return kept == Kept.OUTBOX && (place == Place.READ_ONLY || unknown);
    }

    /** One trigger too many: nobody can know of the rollback, or the receipt says that it does not matter. */
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

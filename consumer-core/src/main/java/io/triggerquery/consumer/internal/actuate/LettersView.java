package io.triggerquery.consumer.internal.actuate;

import io.triggerquery.consumer.internal.letter.DeferredPage;
import io.triggerquery.consumer.internal.letter.Letter;
import io.triggerquery.consumer.internal.letter.LetterPage;
import io.triggerquery.consumer.internal.letter.LetterReasons;
import io.triggerquery.consumer.internal.letter.LetterRequest;
import io.triggerquery.consumer.internal.letter.LetterRun;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import org.jspecify.annotations.Nullable;

/**
 * The views {@code dead-letters} and {@code deferred}, and what is done with selected dead letters.
 *
 * @param shown what they show
 */
record LettersView(Shown shown) {

    private static final String REASONS = "reasons";

    /**
     * The result of an operation on dead letters.
     *
     * @param listener the id of the listener
     * @param operation the name of the operation
     * @param outcome the result, as one line
     * @param run the result in numbers
     */
    record Done(String listener, String operation, String outcome, LetterRun run) {}

    Object deadLetters(ListenerOperations listener, LetterRequest request) {
        LetterPage page = listener.letters().list(request);
        return shown.errors() ? page : page.withoutErrors();
    }

    /** Shows the letter at a position, or the reasons of all. */
    Object deadLetter(ListenerOperations listener, String position, @Nullable String cursor) {
        if (position.equals(REASONS)) {
            LetterReasons reasons = listener.letters().reasons(LetterRequest.all(cursor));
            return shown.errors() ? reasons : reasons.withoutErrors();
        }
        Letter letter = listener.letters().look(position, shown.states());
        return shown.errors() ? letter : letter.withoutErrors();
    }

    Object deferred(ListenerOperations listener, LetterRequest request) {
        DeferredPage page = listener.letters().deferred(request);
        return shown.errors() ? page : page.withoutErrors();
    }

    /** Replays or discards letters. */
    Object change(ListenerOperations listener, String operation, LetterRequest request) {
        boolean isReplay = operation.equals("replay");
        LetterRun run = isReplay
                ? listener.letters().replay(request)
                : listener.letters().discard(request);
        return new Done(
                listener.id(),
                operation,
                run.line(isReplay ? "replayed" : "discarded"),
                shown.errors() ? run : run.withoutErrors());
    }
}

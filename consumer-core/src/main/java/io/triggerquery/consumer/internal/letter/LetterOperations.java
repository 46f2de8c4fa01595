package io.triggerquery.consumer.internal.letter;

/**
 * What operators can do with a listener's dead letters and deferred triggers. All instances of a group see the same.
 *
 * <p>A request reads the topics up to the ends that they had at its beginning, or until its time limit, and says how
 * far it came.
 *
 * <p>Threads: any. Bounds: what one poll and one page hold, and a bit for each offset below the highest that was
 * handled. Failure: {@link IllegalArgumentException} for a request that makes no sense,
 * {@link java.util.NoSuchElementException} for a letter or a reason that does not exist, other exceptions if the broker
 * does not answer or refuses.
 */
public interface LetterOperations {

    /** Returns a page of dead letters. */
    LetterPage list(LetterRequest request);

    /** Returns open dead letters, grouped by their reason. */
    LetterReasons reasons(LetterRequest request);

    /**
     * Returns one dead letter with its content.
     *
     * @param position its partition and offset
     * @param showStates whether its value and the headers of the application are shown
     */
    Letter look(String position, boolean showStates);

    /** Sends the triggers of selected dead letters to the retry topic, as ones that have never failed. */
    LetterRun replay(LetterRequest request);

    /** Marks selected dead letters as discarded: no replay of all sends them again. */
    LetterRun discard(LetterRequest request);

    /** Returns a page of the triggers in the retry topic that are not settled. */
    DeferredPage deferred(LetterRequest request);
}

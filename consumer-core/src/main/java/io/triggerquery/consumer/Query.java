package io.triggerquery.consumer;

/**
 * Asks a source for the current state of an id.
 *
 * <p>Threads: called by many workers at once, at most once at a time for one id of a listener.
 *
 * @param <S> the state
 */
@FunctionalInterface
public interface Query<S> {

    /**
     * Asks once. The answer must have been read from the source after this call began.
     *
     * @param id the id
     * @param unanswered for how many rounds in a row before this one the source has had no answer for this id
     * @return the state, or the refusal to ask now
     * @throws Exception if the source was asked and gave no state; the round is repeated later
     */
    Answer<S> ask(String id, int unanswered) throws Exception;
}

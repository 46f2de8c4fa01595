package io.triggerquery.consumer;

import java.util.List;

/**
 * Asks a source for the current state of ids.
 *
 * <p>Threads: called by many workers at once, at most once at a time for one id of a listener.
 *
 * @param <S> the state
 */
public interface Query<S> {

    /** How many ids one call may ask for; at least 1. */
    int maxIds();

    /**
     * Asks once. The answer must have been read from the source after this call began.
     *
     * @param ids the ids, all different; 1 to {@link #maxIds()}
     * @param unanswered for how many rounds in a row before this one the source has had no answer for any of them
     * @return what the source said, or the refusal to ask now
     * @throws Exception if the source was asked and gave no answer; the round is repeated later
     */
    Answer<S> ask(List<String> ids, int unanswered) throws Exception;
}

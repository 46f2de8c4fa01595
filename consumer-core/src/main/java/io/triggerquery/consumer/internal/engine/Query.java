package io.triggerquery.consumer.internal.engine;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Queries a source for the current state of ids.
 *
 * <p>Threads: called by many workers at once, at most once at a time for one id of a listener. It should return at once
 * and answer later, from whatever thread: so hundreds of queries can be under way with a few threads. One that waits for
 * its answer holds a worker's thread meanwhile.
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
     * @return completes with what the source said, or with the refusal to ask now; exceptionally if the source was asked
     *     and gave no answer: the round is repeated later. It must complete at some time, since its ids wait for it
     * @throws Exception means the same as a stage that completes exceptionally
     */
    CompletionStage<Answer<S>> ask(List<String> ids, int unanswered) throws Exception;
}

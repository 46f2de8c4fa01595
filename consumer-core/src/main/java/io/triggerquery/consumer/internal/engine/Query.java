package io.triggerquery.consumer.internal.engine;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Queries a source for the current state of ids.
 *
 * <p>Threads: called by many workers concurrently, but by one at a time for an id of a listener. A query should return
 * at once and complete later on any thread, so that a few threads serve hundreds of queries. One that blocks occupies a
 * worker's thread.
 *
 * @param <S> the state
 */
public interface Query<S> {

    /** Returns the maximum number of ids in one call; at least 1. */
    int maxIds();

    /**
     * Queries the source once. The answer must have been read from the source after this call began.
     *
     * @param ids the ids, all different; 1 to {@link #maxIds()}
     * @param unanswered the number of consecutive rounds before this one in which the source gave no answer for any of
     *     them
     * @return a stage that completes with the source's answer or with a refusal, or exceptionally if the source was
     *     queried and gave no answer: then the round is repeated later. It must complete at some time, since its ids
     *     wait for it
     * @throws Exception equivalent to a stage that completes exceptionally
     */
    CompletionStage<Answer<S>> ask(List<String> ids, int unanswered) throws Exception;
}

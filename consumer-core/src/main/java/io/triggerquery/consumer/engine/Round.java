package io.triggerquery.consumer.engine;

import io.triggerquery.consumer.Answer;
import io.triggerquery.consumer.Projection;
import io.triggerquery.consumer.Query;
import io.triggerquery.consumer.Trigger;

/**
 * One round of one id: query, then project.
 *
 * <p>Threads: run by workers, without any lock. Failure: whatever the user's code throws becomes an {@link Outcome}, so
 * that no item is ever left behind as running.
 *
 * @param <S> the state
 */
final class Round<S> {

    private final Query<S> query;
    private final Projection<S> projection;
    private final EngineListener listener;

    Round(Query<S> query, Projection<S> projection, EngineListener listener) {
        this.query = query;
        this.projection = projection;
        this.listener = listener;
    }

    /**
     * Runs the round.
     *
     * @param unanswered for how many rounds in a row the source has had no answer for this id
     */
    Outcome run(Work work, int unanswered) {
        try {
            if (work instanceof Work.Bury bury) {
                bury.sending().send();
                return new Outcome.Applied();
            }
            return refresh(((Work.Refresh) work).trigger(), unanswered);
        } catch (Throwable failure) {
            return new Outcome.Failed(failure, false);
        } finally {
            Thread.interrupted(); // whoever asked for it meant this round, not the next one of this worker
        }
    }

    private Outcome refresh(Trigger trigger, int unanswered) throws Exception {
        Answer<S> answer = ask(trigger, unanswered);
        if (answer instanceof Answer.Refused<S> refused) {
            return new Outcome.Refused(refused.holdFor());
        }
        try {
            projection.apply(((Answer.Found<S>) answer).state());
            return new Outcome.Applied();
        } catch (Throwable failure) {
            return new Outcome.Failed(failure, true);
        }
    }

    private Answer<S> ask(Trigger trigger, int unanswered) throws Exception {
        boolean asked = true;
        try {
            Answer<S> answer = query.ask(trigger.id(), unanswered);
            asked = !(answer instanceof Answer.Refused);
            return answer;
        } finally {
            if (asked) {
                listener.queried(trigger);
            }
        }
    }
}

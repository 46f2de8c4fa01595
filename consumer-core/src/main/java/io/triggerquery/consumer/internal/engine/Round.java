package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.failure.Causes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs one round: query and projection, a send to the retry or dead-letter topic, or decoding. Between the query and
 * its answer it occupies no thread.
 *
 * <p>Threads: begun by a worker and ended by the same or another one, without any lock. Failure: exceptions and errors
 * of the application's code become an {@link Outcome}, so that no item remains in the running state.
 *
 * @param <S> the state
 */
final class Round<S> {

    /**
     * The number of parts into which a failed batch is split. Finding one failing id among a hundred takes four
     * consecutive rounds and 15 calls; halving takes as many calls in eight rounds.
     */
    private static final int PARTS = 5;

    private static final CompletableFuture<?> NO_QUERY = CompletableFuture.completedFuture(null);

    private final Pipeline<S> pipeline;
    private final EngineListener listener;
    private final Batch batch;
    private final AbsenceLimit absences;
    private EngineListener.RoundObserver observer = outcome -> {};
    private List<Trigger> triggers = List.of();
    private CompletableFuture<Answer<S>> answer = new CompletableFuture<>();
    private boolean awaitingAnswer;

    Round(Pipeline<S> pipeline, EngineListener listener, Batch batch, AbsenceLimit absences) {
        this.pipeline = pipeline;
        this.listener = listener;
        this.batch = batch;
        this.absences = absences;
    }

    /**
     * Sends the query, if there is one. The round is to be ended when the returned future completes, normally or
     * exceptionally.
     */
    CompletableFuture<?> begin() {
        if (!(batch instanceof Batch.Refresh refresh)) {
            return NO_QUERY;
        }
        triggers = new ArrayList<>(refresh.queries().size());
        for (Batch.IdQuery query : refresh.queries()) {
            triggers.add(query.trigger());
        }
        observer = listener.begun(triggers, refresh::context);
        answer = query(refresh.queries());
        awaitingAnswer = !answer.isDone();
        if (awaitingAnswer) {
            observer.left();
        }
        return answer;
    }

    /** Projects the answer. Returns an outcome for each of the batch's items, in their order. */
    List<Outcome> end() {
        if (awaitingAnswer) {
            observer.entered();
        }
        List<Outcome> outcomes = outcomes();
        batch.progress().tracedBy(observer.traceId());
        observer.ended(summary(outcomes));
        return outcomes;
    }

    private static String summary(List<Outcome> outcomes) {
        Class<?> first = outcomes.get(0).getClass();
        for (Outcome outcome : outcomes) {
            if (outcome.getClass() != first) {
                return "mixed";
            }
        }
        return first.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private List<Outcome> outcomes() {
        try {
            if (batch instanceof Batch.Refresh refresh) {
                return refresh(refresh.queries());
            }
            return withoutQuery();
        } catch (Throwable failure) {
            return failures(failure, false, batch.items().size());
        } finally {
            Thread.interrupted(); // an interrupt of this round must not reach the next one of this thread
        }
    }

    private List<Outcome> withoutQuery() throws Exception {
        if (batch instanceof Batch.Defer defer) {
            pipeline.failureSinks().defer(defer.triggers());
        } else if (batch instanceof Batch.DeadLetterTrigger deadLetter) {
            pipeline.failureSinks().deadLetter(deadLetter.trigger(), deadLetter.cause());
        } else if (batch instanceof Batch.DeadLetterMessage deadLetter) {
            deadLetter.work().sending().send();
        } else {
            return List.of(
                    new Outcome.Decoded(((Batch.Decode) batch).work().decoding().decode()));
        }
        return Collections.nCopies(batch.items().size(), new Outcome.Forwarded());
    }

    private CompletableFuture<Answer<S>> query(List<Batch.IdQuery> queries) {
        List<String> ids = new ArrayList<>(queries.size());
        int unanswered = Integer.MAX_VALUE;
        for (Batch.IdQuery query : queries) {
            ids.add(query.trigger().id());
            unanswered = Math.min(unanswered, query.unanswered());
        }
        try {
            return pipeline.query().ask(ids, unanswered).toCompletableFuture();
        } catch (Throwable failure) {
            return CompletableFuture.failedFuture(failure);
        } finally {
            Thread.interrupted();
        }
    }

    private List<Outcome> refresh(List<Batch.IdQuery> queries) throws Throwable {
        Answer<S> answered = awaitAnswer(queries.size());
        if (answered instanceof Answer.Refused<S> refused) {
            return Collections.nCopies(queries.size(), new Outcome.Refused(refused.holdFor()));
        }
        RoundResults<S> results = new RoundResults<>(queries, ((Answer.Given<S>) answered).snapshots());
        List<Integer> toProject = results.toProject(absences);
        if (pipeline.projection().takesMany()) {
            project(results, toProject);
        } else {
            projectEach(results, toProject);
        }
        return results.outcomes();
    }

    /**
     * Projects one id after the other. Once the database is unavailable the remaining ids are not tried, since each
     * could wait long for a connection.
     */
    private void projectEach(RoundResults<S> results, List<Integer> indexes) {
        for (int i = 0; i < indexes.size(); i++) {
            Outcome outcome = project(results, indexes.subList(i, i + 1));
            if (outcome instanceof Outcome.Failed failed && failed.kind() == FailureKind.UNAVAILABLE) {
                List<Integer> untried = indexes.subList(i + 1, indexes.size());
                results.failed(untried, Collections.nCopies(untried.size(), failed));
                return;
            }
        }
    }

    private Answer<S> awaitAnswer(int ids) throws Throwable {
        boolean queried = true;
        try {
            Answer<S> answered = answer.join();
            queried = !(answered instanceof Answer.Refused);
            return answered;
        } catch (CompletionException failed) {
            throw Causes.of(failed);
        } finally {
            if (queried) {
                listener.queried(ids);
            }
        }
    }

    /** Projects snapshots. Returns the outcome of the first, or null if there is none. */
    private @Nullable Outcome project(RoundResults<S> results, List<Integer> indexes) {
        if (indexes.isEmpty()) {
            return null;
        }
        batch.progress().projecting();
        try {
            pipeline.projection().apply(results.snapshots(indexes), triggers(indexes));
            results.applied(indexes);
        } catch (Throwable failure) {
            results.failed(indexes, failures(failure, true, indexes.size()));
        }
        return results.outcomes().get(indexes.get(0));
    }

    private List<Trigger> triggers(List<Integer> indexes) {
        if (indexes.size() == triggers.size()) {
            return triggers;
        }
        List<Trigger> selected = new ArrayList<>(indexes.size());
        for (int index : indexes) {
            selected.add(triggers.get(index));
        }
        return selected;
    }

    /**
     * Returns the outcomes of a failure. A batch is split even if the failure looks like an outage, since a batch that
     * is too heavy for the source looks like one too. Triggers that could not be deferred are not split, since the
     * broker was unavailable.
     */
    private List<Outcome> failures(Throwable failure, boolean answered, int ids) {
        FailureKind kind = kindOf(failure);
        if (ids == 1 || !batch.lane().queriesSource()) {
            return Collections.nCopies(ids, new Outcome.Failed(failure, kind, answered));
        }
        return Collections.nCopies(ids, new Outcome.Split((ids + PARTS - 1) / PARTS, failure, kind, answered));
    }

    private FailureKind kindOf(Throwable failure) {
        try {
            return pipeline.kinds().apply(failure);
        } catch (Throwable classifierFailure) {
            failure.addSuppressed(classifierFailure);
            return FailureKind.RETRYABLE;
        }
    }
}

package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.failure.Causes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs one round: query and projection, or a send to the retry or dead-letter topic. Between the query and its answer
 * no thread has it.
 *
 * <p>Threads: begun by a worker and ended by the same or another one, without any lock. Failure: whatever the user's code
 * throws becomes an {@link Outcome}, so that no item is ever left behind as running.
 *
 * @param <S> the state
 */
final class Round<S> {

    /**
     * Into so many a batch is split. To find one bad id among a hundred takes four rounds, one after the other, and 15 calls;
     * halving takes as many calls in eight rounds.
     */
    private static final int PARTS = 5;

    private static final CompletableFuture<?> NOTHING_ASKED = CompletableFuture.completedFuture(null);

    private final Pipeline<S> pipeline;
    private final EngineListener listener;
    private final Batch batch;
    private final AbsenceLimit absences;
    private EngineListener.RoundObserver following = outcome -> {};
    private CompletableFuture<Answer<S>> answer = new CompletableFuture<>();
    private boolean left;

    Round(Pipeline<S> pipeline, EngineListener listener, Batch batch, AbsenceLimit absences) {
        this.pipeline = pipeline;
        this.listener = listener;
        this.batch = batch;
        this.absences = absences;
    }

    /** Sends the query, if there is one. When what is returned completes, in whatever way, the round is to be ended. */
    CompletableFuture<?> begin() {
        if (!(batch instanceof Batch.Refresh refresh)) {
            return NOTHING_ASKED;
        }
        List<Trigger> triggers = new ArrayList<>(refresh.asks().size());
        for (Batch.Ask ask : refresh.asks()) {
            triggers.add(ask.trigger());
        }
        following = listener.begun(triggers, context(refresh.items()));
        answer = ask(refresh.asks());
        left = !answer.isDone();
        if (left) {
            following.left();
        }
        return answer;
    }

    /** Does what comes after the answer. Returns an outcome for each of the batch's items, in their order. */
    List<Outcome> end() {
        if (left) {
            following.entered();
        }
        List<Outcome> outcomes = outcomes();
        following.ended(inOneWord(outcomes));
        return outcomes;
    }

    private static @Nullable Object context(List<WorkItem> items) {
        for (WorkItem item : items) {
            if (item.state() instanceof WorkState.Running running && running.context() != null) {
                return running.context();
            }
        }
        return null;
    }

    private static String inOneWord(List<Outcome> outcomes) {
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
                return refresh(refresh.asks());
            }
            return putAside();
        } catch (Throwable failure) {
            return blame(failure, false, batch.items().size());
        } finally {
            Thread.interrupted(); // whoever asked for it meant this round, not the next one of this thread
        }
    }

    private List<Outcome> putAside() throws Exception {
        if (batch instanceof Batch.Defer defer) {
            pipeline.failureSinks().defer(defer.triggers());
        } else if (batch instanceof Batch.DeadLetterTrigger deadLetter) {
            pipeline.failureSinks().deadLetter(deadLetter.trigger(), deadLetter.cause());
        } else {
            ((Batch.DeadLetterMessage) batch).work().sending().send();
            return List.of(new Outcome.Applied(OptionalLong.empty()));
        }
        return Collections.nCopies(batch.items().size(), new Outcome.Forwarded());
    }

    private CompletableFuture<Answer<S>> ask(List<Batch.Ask> asks) {
        List<String> ids = new ArrayList<>(asks.size());
        int unanswered = Integer.MAX_VALUE;
        for (Batch.Ask ask : asks) {
            ids.add(ask.trigger().id());
            unanswered = Math.min(unanswered, ask.unanswered());
        }
        try {
            return pipeline.query().ask(ids, unanswered).toCompletableFuture();
        } catch (Throwable failure) {
            return CompletableFuture.failedFuture(failure);
        } finally {
            Thread.interrupted();
        }
    }

    private List<Outcome> refresh(List<Batch.Ask> asks) throws Throwable {
        Answer<S> answered = answered(asks.size());
        if (answered instanceof Answer.Refused<S> refused) {
            return Collections.nCopies(asks.size(), new Outcome.Refused(refused.holdFor()));
        }
        RoundResults<S> results = new RoundResults<>(asks, ((Answer.Given<S>) answered).snapshots());
        List<Integer> toProject = results.toProject(absences);
        if (pipeline.projection().takesMany()) {
            project(results, toProject);
        } else {
            projectEach(results, toProject);
        }
        return results.outcomes();
    }

    /** Once the database was away for one id the others are not tried: each could wait for a connection for long. */
    private void projectEach(RoundResults<S> results, List<Integer> indexes) {
        for (int i = 0; i < indexes.size(); i++) {
            Outcome outcome = project(results, indexes.subList(i, i + 1));
            if (outcome instanceof Outcome.Failed failed && failed.kind() == FailureKind.UNAVAILABLE) {
                List<Integer> rest = indexes.subList(i + 1, indexes.size());
                results.failed(rest, Collections.nCopies(rest.size(), failed));
                return;
            }
        }
    }

    private Answer<S> answered(int ids) throws Throwable {
        boolean asked = true;
        try {
            Answer<S> answered = answer.join();
            asked = !(answered instanceof Answer.Refused);
            return answered;
        } catch (CompletionException failed) {
            throw Causes.of(failed);
        } finally {
            if (asked) {
                listener.queried(ids);
            }
        }
    }

    /** Returns what became of the first. */
    private @Nullable Outcome project(RoundResults<S> results, List<Integer> indexes) {
        if (indexes.isEmpty()) {
            return null;
        }
        try {
            pipeline.projection().apply(results.snapshots(indexes));
            results.applied(indexes);
        } catch (Throwable failure) {
            results.failed(indexes, blame(failure, true, indexes.size()));
        }
        return results.outcomes().get(indexes.get(0));
    }

    /**
     * Splits what has failed together. That it looks like an outage does not matter: a batch that is too heavy for the
     * source looks like one too. Triggers that could not be put aside are not split, since the broker was away.
     */
    private List<Outcome> blame(Throwable failure, boolean answered, int ids) {
        FailureKind kind = kindOf(failure);
        if (ids == 1 || !batch.lane().asksTheSource()) {
            return Collections.nCopies(ids, new Outcome.Failed(failure, kind, answered));
        }
        return Collections.nCopies(ids, new Outcome.Split((ids + PARTS - 1) / PARTS, failure, kind, answered));
    }

    private FailureKind kindOf(Throwable failure) {
        try {
            return pipeline.kinds().apply(failure);
        } catch (Throwable broken) {
            failure.addSuppressed(broken);
            return FailureKind.RETRYABLE;
        }
    }
}

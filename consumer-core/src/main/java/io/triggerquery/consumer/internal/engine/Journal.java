package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.failure.FailureSummary;
import io.triggerquery.consumer.internal.failure.OneLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last rounds of single ids.
 *
 * <p>It keeps references to what the round has created in any case, so that recording an id is three stores into arrays
 * and allocates nothing. Rounds that applied their id, and all others, are kept apart, so that a listener which applies
 * thousands of ids per second remembers the few that fail.
 *
 * <p>Threads: any; a lock of its own is held while a round is recorded or looked up. Bounds: {@code size} rounds of
 * each kind, each with an id and at most one line about a failure. Failure: none.
 */
final class Journal {

    /** The maximum number of rounds that a look-up returns. */
    static final int MAX_ROUNDS = 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Ring applied;
    private final Ring others;

    private static final class Ring {
        private final @Nullable Trigger[] triggers;
        private final RoundProgress[] rounds;
        private final Outcome[] outcomes;
        private int next;

        private Ring(int size) {
            triggers = new Trigger[size];
            rounds = new RoundProgress[size];
            outcomes = new Outcome[size];
        }

        private void add(Trigger trigger, RoundProgress round, Outcome outcome) {
            triggers[next] = trigger;
            rounds[next] = round;
            outcomes[next] = outcome;
            next = next + 1 == triggers.length ? 0 : next + 1;
        }
    }

    /**
     * Creates a journal.
     *
     * @param size the number of rounds of each kind; 0 for a journal that remembers nothing
     */
    Journal(int size) {
        applied = new Ring(size);
        others = new Ring(size);
    }

    /** Records a round that has ended, unless its query was refused or it had no ids. */
    void add(Batch batch, List<Outcome> outcomes, long now) {
        if (applied.triggers.length == 0 || outcomes.get(0) instanceof Outcome.Refused) {
            return;
        }
        RoundProgress round = batch.progress();
        round.ended(now);
        List<Outcome> kept = kept(outcomes);
        lock.lock();
        try {
            for (int i = 0; i < kept.size(); i++) {
                Trigger trigger = trigger(batch, i);
                if (trigger != null) {
                    Outcome outcome = kept.get(i);
                    (outcome instanceof Outcome.Applied ? applied : others).add(trigger, round, outcome);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private static @Nullable Trigger trigger(Batch batch, int index) {
        if (batch instanceof Batch.Refresh refresh) {
            return refresh.queries().get(index).trigger();
        }
        if (batch instanceof Batch.Defer defer) {
            return defer.triggers().get(index).trigger();
        }
        return batch instanceof Batch.DeadLetterTrigger deadLetter ? deadLetter.trigger() : null;
    }

    /** Returns the outcomes, without exceptions that could hold more than a line. */
    private static List<Outcome> kept(List<Outcome> outcomes) {
        List<Outcome> kept = outcomes;
        Outcome last = null;
        Outcome lastKept = null;
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome outcome = outcomes.get(i);
            if (outcome instanceof Outcome.Failure failure && !isOneLine(failure.cause())) {
                kept = kept == outcomes ? new ArrayList<>(outcomes) : kept;
                lastKept = lastKept != null && outcome == last ? lastKept : summarized(failure);
                last = outcome;
                kept.set(i, lastKept);
            }
        }
        return kept;
    }

    private static boolean isOneLine(Throwable cause) {
        return cause instanceof FailureSummary || isOfEngine(cause);
    }

    /** Returns whether the engine has refused an answer, instead of projecting it. */
    private static boolean isOfEngine(Throwable cause) {
        return cause instanceof NoAnswerException || cause instanceof MassAbsenceException;
    }

    private static Outcome summarized(Outcome.Failure failure) {
        Throwable cause = failure.cause();
        var summary = new FailureSummary(failure.kind(), cause.getClass().getName(), OneLine.of(cause));
        return failure instanceof Outcome.Split split
                ? new Outcome.Split(split.maxBatchSize(), summary, split.kind(), split.answered())
                : new Outcome.Failed(summary, failure.kind(), failure.answered());
    }

    /** Returns the last rounds of an id that are remembered, the latest first. */
    List<PastRound> of(String id, long now) {
        List<PastRound> found = new ArrayList<>();
        lock.lock();
        try {
            collect(applied, id, now, found);
            collect(others, id, now, found);
        } finally {
            lock.unlock();
        }
        return found.stream()
                .sorted(Comparator.comparing(PastRound::endedAgo))
                .limit(MAX_ROUNDS)
                .toList();
    }

    /** Collects the rounds of an id, the latest first. */
    private static void collect(Ring ring, String id, long now, List<PastRound> found) {
        int size = ring.triggers.length;
        for (int age = 1; age <= size; age++) {
            int i = (ring.next - age + size) % size;
            Trigger trigger = ring.triggers[i];
            if (trigger != null && trigger.id().equals(id)) {
                found.add(round(trigger, ring.rounds[i], ring.outcomes[i], now));
            }
        }
    }

    private static PastRound round(Trigger trigger, RoundProgress round, Outcome outcome, long now) {
        return new PastRound(
                Duration.ofNanos(now - round.endedAt()),
                Duration.ofNanos(round.endedAt() - round.beganAt()),
                name(outcome, round.step()),
                round.items(),
                trigger.version(),
                answered(outcome),
                outcome instanceof Outcome.Failure failure ? failure(failure, round.step()) : null,
                round.traceId());
    }

    private static String name(Outcome outcome, IdState.Step step) {
        if (outcome instanceof Outcome.Applied) {
            return "applied";
        }
        if (outcome instanceof Outcome.Stale) {
            return "stale";
        }
        if (outcome instanceof Outcome.Unconfirmed) {
            return "unconfirmed";
        }
        if (outcome instanceof Outcome.Forwarded) {
            return step == IdState.Step.DEFERRAL ? "deferred" : "dead-lettered";
        }
        return outcome instanceof Outcome.Split ? "split" : "failed";
    }

    private static OptionalLong answered(Outcome outcome) {
        if (outcome instanceof Outcome.Applied done) {
            return done.version();
        }
        return outcome instanceof Outcome.Stale stale ? stale.version() : OptionalLong.empty();
    }

    private static PastRound.Failure failure(Outcome.Failure failure, IdState.Step step) {
        boolean ofAnswer = !failure.answered() || isOfEngine(failure.cause());
        boolean ofQuery = step == IdState.Step.PROJECTION && ofAnswer;
        return new PastRound.Failure(ofQuery ? IdState.Step.QUERY : step, OneLine.of(failure.cause()));
    }
}

package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FreshnessResult;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A caller that waits until an id is projected.
 *
 * <p>Threads: guarded by the engine's lock.
 */
final class FreshRead {

    /** What a round means to the caller. */
    enum Verdict {
        FRESH,
        /** The source answers without versions, so the asked one cannot be compared. */
        NOT_COMPARABLE,
        /** The caller still waits. */
        OPEN
    }

    private final OptionalLong version;
    private final long since;
    private final long deadline;
    private final Consumer<FreshnessResult> receiver;
    private @Nullable RoundProgress before;
    private @Nullable ScheduledAction timeout;
    private boolean isFirst;
    private boolean answered;

    /**
     * Creates a caller.
     *
     * @param version the version that it asks for, or empty for whatever the source has now
     * @param since when it called, on the engine's clock
     * @param receiver receives the answer once, under the engine's lock
     */
    FreshRead(OptionalLong version, long since, Duration timeout, Consumer<FreshnessResult> receiver) {
        this.version = version;
        this.since = since;
        this.deadline = since + timeout.toNanos();
        this.receiver = receiver;
    }

    OptionalLong version() {
        return version;
    }

    long since() {
        return since;
    }

    long deadline() {
        return deadline;
    }

    void timesOutWith(ScheduledAction action) {
        timeout = action;
    }

    /**
     * Records the round that runs at the call, which may have read an older state.
     *
     * @param asksForMore whether no other caller has asked for as much; all of them share the pause after an old answer
     */
    void calledDuring(RoundProgress round, boolean asksForMore) {
        before = round;
        isFirst = asksForMore;
    }

    /** Returns whether another round is to follow at once, since the caller was not there when the given one began. */
    boolean asksAfter(RoundProgress round) {
        return version.isEmpty() || before == round && isFirst;
    }

    /** Returns what a round means to the caller that has ended with this outcome for its id. */
    Verdict judge(Outcome outcome, RoundProgress round, EngineSettings.Timing timing) {
        if (outcome instanceof Outcome.Applied applied) {
            return judge(applied, round, timing);
        }
        return outcome instanceof Outcome.Stale stale && reaches(stale.version()) ? Verdict.FRESH : Verdict.OPEN;
    }

    private Verdict judge(Outcome.Applied applied, RoundProgress round, EngineSettings.Timing timing) {
        if (version.isPresent() && applied.version().isPresent()) {
            return reaches(applied.version()) ? Verdict.FRESH : Verdict.OPEN;
        }
        if (applied.absent() && applied.version().isEmpty()) { // the caller may have created it
            return beganAfterCall(round, timing.absentGrace()) ? Verdict.FRESH : Verdict.OPEN;
        }
        if (version.isPresent()) {
            return beganAfterCall(round, Duration.ZERO) ? Verdict.NOT_COMPARABLE : Verdict.OPEN;
        }
        return beganAfterCall(round, timing.settleDelay()) ? Verdict.FRESH : Verdict.OPEN;
    }

    private boolean reaches(OptionalLong answered) {
        return version.isPresent() && answered.isPresent() && answered.getAsLong() >= version.getAsLong();
    }

    private boolean beganAfterCall(RoundProgress round, Duration margin) {
        return round != before && round.beganAt() - since >= margin.toNanos();
    }

    /** Answers the caller, unless that has been done. */
    void answer(FreshnessResult result) {
        if (!answered) {
            leave();
            receiver.accept(result);
        }
    }

    /** Ends the wait without an answer. */
    void leave() {
        answered = true;
        if (timeout != null) {
            timeout.cancel();
        }
    }
}

package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FailureKind;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes failures that affect every id from ids that fail by themselves, and suspends the listener in the first
 * case.
 *
 * <p>The evidence is different ids that failed in several rounds, or each alone, without a success between them. Ids
 * that had failed before do not count. An unreachable database needs less evidence. During a suspension no failure
 * counts against an id, no id is deferred because it failed, and one round with one id at a time, the probe, checks
 * whether the cause has ended. Any success ends the suspension. If the next suspension follows soon, the ids may fail
 * by themselves: within a minute each suspension needs twice as much evidence as the one before.
 *
 * <p>Threads: guarded by the engine's lock. Bounds: the number of failed ids that is needed as evidence.
 */
final class Suspension {

    private static final int MAX_SCALE = 256;
    private static final long FORGOTTEN_AFTER = Duration.ofMinutes(1).toNanos();
    private static final DoublingPause PROBE_PAUSE = new DoublingPause(Duration.ofMillis(100), Duration.ofSeconds(1));

    private final Evidence needed;
    private final Set<WorkItem> failed = new LinkedHashSet<>();
    private final RecentOutcomes recent = new RecentOutcomes();
    private int rounds;
    private int alone;
    private int roundsWithoutDatabase;
    private boolean onlyRejected = true;
    private int scale = 1;
    private long endedAt = Long.MIN_VALUE / 2;
    private @Nullable Active active;
    private @Nullable Change change;

    /**
     * The failures without a success between them that begin a suspension.
     *
     * @param ids the number of different ids that had not failed before
     * @param rounds the number of rounds that added one of them; not needed if each has failed alone, as after a split
     * @param roundsWithoutDatabase the number of consecutive rounds that could not reach the database, which suffices
     *     by itself
     */
    record Evidence(int ids, int rounds, int roundsWithoutDatabase) {

        static final Evidence DEFAULT = new Evidence(20, 5, 3);
    }

    /**
     * The current suspension.
     *
     * @param since when it began, on the engine's clock
     * @param cause the last failure before it began
     * @param pause the pause before the next probe
     * @param hopeless whether no id could succeed, since the source or the database was unavailable, or the decoder
     *     failed; each record that is read may bring many ids later
     * @param ofDecoder whether the decoder has caused it
     */
    record Active(long since, Throwable cause, Duration pause, boolean hopeless, boolean ofDecoder) {

        private Active withPause(Duration next) {
            return new Active(since, cause, next, hopeless, ofDecoder);
        }
    }

    /** A change of the suspension, for the log. */
    sealed interface Change {

        /**
         * The listener is suspended.
         *
         * @param ids the number of different ids that had failed
         */
        record Suspended(int ids, Throwable cause) implements Change {}

        /** The listener has resumed. */
        record Resumed(Duration after) implements Change {}
    }

    Suspension(Evidence needed) {
        this.needed = needed;
    }

    /** Records that a record was decoded, which ends a suspension that the decoder has caused. */
    void decoded(List<Outcome> outcomes, long now) {
        if (active != null && active.ofDecoder()) {
            succeeded(outcomes, now);
        }
    }

    /** Records that a round has succeeded for at least one id, which ends a suspension. */
    void succeeded(List<Outcome> outcomes, long now) {
        recent.add(outcomes);
        clearEvidence();
        roundsWithoutDatabase = 0;
        onlyRejected = true;
        if (active == null) {
            return;
        }
        change = new Change.Resumed(Duration.ofNanos(now - active.since()));
        active = null;
        scale = Math.min(MAX_SCALE, 2 * scale);
        endedAt = now;
    }

    /**
     * Records that a round has failed for all its ids.
     *
     * @param forgiven called with each id whose failure no longer counts, if this begins a suspension
     * @return whether the listener is suspended now, so that this failure does not count either
     */
    boolean failed(List<WorkItem> items, List<Outcome> outcomes, long now, Consumer<WorkItem> forgiven) {
        recent.add(outcomes);
        Outcome.Failure first = (Outcome.Failure) outcomes.get(0);
        onlyRejected &= first.kind() == FailureKind.REJECTED;
        if (active != null) {
            return true;
        }
        forget(now);
        boolean withoutDatabase = first.kind() == FailureKind.UNAVAILABLE && first.answered();
        roundsWithoutDatabase = withoutDatabase ? roundsWithoutDatabase + 1 : 0;
        int before = failed.size();
        for (WorkItem item : items) {
            if (item.hasNeverFailed()) {
                failed.add(item);
            }
        }
        rounds += failed.size() > before ? 1 : 0;
        alone += items.size() == 1 && items.get(0).hasNeverFailed() ? 1 : 0;
        if (!isEnough()) {
            return false;
        }
        boolean ofDecoder = items.get(0).work() instanceof Work.Undecoded;
        active = new Active(now, first.cause(), PROBE_PAUSE.first(), ofDecoder || isUnavailable(first), ofDecoder);
        change = new Change.Suspended(failed.size(), first.cause());
        failed.forEach(forgiven);
        clearEvidence();
        return true;
    }

    /**
     * Returns whether the source or the database is unavailable. After many absences there may be an id that the source
     * has.
     */
    private static boolean isUnavailable(Outcome.Failure failure) {
        return failure.kind() == FailureKind.UNAVAILABLE && !(failure.cause() instanceof MassAbsenceException);
    }

    /** Resets the needed evidence. Ids that failed while more evidence was needed no longer count. */
    private void forget(long now) {
        if (scale > 1 && now - endedAt > FORGOTTEN_AFTER) {
            scale = 1;
            clearEvidence();
        }
    }

    private void clearEvidence() {
        failed.clear();
        rounds = 0;
        alone = 0;
    }

    private boolean isEnough() {
        return roundsWithoutDatabase >= needed.roundsWithoutDatabase() * scale
                || alone >= needed.ids() * scale
                || failed.size() >= needed.ids() * scale && rounds >= needed.rounds() * scale;
    }

    /** Returns the current suspension, or null. */
    @Nullable
    Active active() {
        return active;
    }

    /** Returns the pause before the next probe, and doubles the one after it. */
    Duration nextPause() {
        Active now = Objects.requireNonNull(active);
        active = now.withPause(PROBE_PAUSE.next(now.pause()));
        return now.pause();
    }

    /** Returns whether new ids are more likely to succeed than older ones. */
    boolean prefersNewest() {
        return active != null || recent.mostlyFailed();
    }

    /**
     * Returns whether untried ids may be deferred to read the messages after them: at once if the source has rejected
     * each id, and after the given time if ids may have caused the suspension.
     */
    boolean allowsDeferringUntried(long now, Duration after) {
        return active != null && (onlyRejected || !active.hopeless() && now - active.since() >= after.toNanos());
    }

    /** Returns the change since the last call, or null. */
    @Nullable
    Change takeChange() {
        Change taken = change;
        change = null;
        return taken;
    }
}

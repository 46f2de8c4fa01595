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
 * Distinguishes trouble that hits every id from ids that fail by themselves, and suspends the listener in the first
 * case.
 *
 * <p>The evidence is different ids that failed in several rounds without any success between them. Ids that had failed
 * before prove nothing. A database that cannot be reached is suspected sooner. While the listener is suspended no failure
 * counts against an id, nothing is deferred for having failed, and one round with one id at a time, the probe, finds out
 * whether the cause has ended. Any success ends the suspension. Where that was soon followed by the next, the ids did
 * fail by themselves: so within a minute each suspension needs twice as much evidence as the one before.
 *
 * <p>Threads: guarded by the engine's lock. Bounds: as many failed ids as are needed as evidence.
 */
final class Suspension {

    private static final int MAX_SCALE = 256;
    private static final long FORGOTTEN_AFTER = Duration.ofMinutes(1).toNanos();
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Evidence needed;
    private final Set<WorkItem> failed = new LinkedHashSet<>();
    private final RecentOutcomes recent = new RecentOutcomes();
    private int rounds;
    private int roundsWithoutDatabase;
    private boolean onlyRejected = true;
    private int scale = 1;
    private long endedAt = Long.MIN_VALUE / 2;
    private @Nullable Active active;
    private @Nullable Change change;

    /**
     * How much has to fail without a success between.
     *
     * @param ids different ids that had not failed before
     * @param rounds rounds that brought one of them
     * @param roundsWithoutDatabase or rounds that could not reach the database
     */
    record Evidence(int ids, int rounds, int roundsWithoutDatabase) {

        static final Evidence DEFAULT = new Evidence(20, 5, 3);
    }

    /**
     * A suspension that lasts.
     *
     * @param since when it began, on the engine's clock
     * @param cause what the last id failed of when it began
     * @param pause before the next probe
     * @param sourceOrDatabaseAway whether nothing could have succeeded
     */
    record Active(long since, Throwable cause, Duration pause, boolean sourceOrDatabaseAway) {

        private Active withPause(Duration next) {
            return new Active(since, cause, next, sourceOrDatabaseAway);
        }
    }

    /** What a round has changed, for the log. */
    sealed interface Change {

        /**
         * The listener is suspended.
         *
         * @param ids how many different ids had failed
         */
        record Suspended(int ids, Throwable cause) implements Change {}

        /** The listener goes on. */
        record Resumed(Duration after) implements Change {}
    }

    Suspension(Evidence needed) {
        this.needed = needed;
    }

    /** A round has succeeded for at least one id, which ends a suspension. */
    void succeeded(List<Outcome> outcomes, long now) {
        recent.add(outcomes);
        failed.clear();
        rounds = 0;
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
     * A round has failed for all its ids.
     *
     * @param forgiven is called with each id whose failure counts no longer, if this begins a suspension
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
        if (!isEnough()) {
            return false;
        }
        // behind many absences an id may stand that the source has, so they stop no reading
        boolean away = first.kind() == FailureKind.UNAVAILABLE && !(first.cause() instanceof MassAbsenceException);
        active = new Active(now, first.cause(), FIRST_PAUSE, away);
        change = new Change.Suspended(failed.size(), first.cause());
        failed.forEach(forgiven);
        failed.clear();
        return true;
    }

    /** Ids that were too few while more were needed are single ids: they are no evidence once fewer are needed. */
    private void forget(long now) {
        if (scale > 1 && now - endedAt > FORGOTTEN_AFTER) {
            scale = 1;
            failed.clear();
            rounds = 0;
        }
    }

    private boolean isEnough() {
        return roundsWithoutDatabase >= needed.roundsWithoutDatabase() * scale
                || failed.size() >= needed.ids() * scale && rounds >= needed.rounds() * scale;
    }

    /** The suspension that lasts, or null. */
    @Nullable
    Active active() {
        return active;
    }

    /** Returns the pause before the next probe, and doubles the one after it. */
    Duration nextPause() {
        Active now = Objects.requireNonNull(active);
        Duration twice = now.pause().multipliedBy(2);
        active = now.withPause(twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice);
        return now.pause();
    }

    /** Whether a newcomer is likelier to succeed than what has been here for longer. */
    boolean prefersNewest() {
        return active != null || recent.mostlyFailed();
    }

    /**
     * Whether ids may be deferred although they have not been tried, to read what stands behind them: at once if the
     * source has refused each id for itself, and after a while if the ids may be to blame.
     */
    boolean allowsDeferringUntried(long now, Duration after) {
        return active != null
                && (onlyRejected || !active.sourceOrDatabaseAway() && now - active.since() >= after.toNanos());
    }

    /** What has changed since this was last called, or null. */
    @Nullable
    Change takeChange() {
        Change taken = change;
        change = null;
        return taken;
    }
}

package io.triggerquery.consumer.internal.monitor;

import io.triggerquery.consumer.internal.engine.IdStatus;
import io.triggerquery.consumer.internal.engine.PastRound;
import io.triggerquery.consumer.internal.monitor.Look.Comparison;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds the cause of a violation, as far as it is proved.
 *
 * <p>That no trigger was sent is proved by offsets, for all instances: when every trigger is settled that the topic had
 * when the difference was seen, and none is deferred or dead-lettered, each was applied by a query that began after it
 * was received. So none of them was for a change that is still missing, unless the answer was stale.
 */
final class CauseFinder {

    private CauseFinder() {}

    /**
     * Returns the cause.
     *
     * @param known what this instance knew of the id before the projection was read again, and still lacked it
     * @param progress how far the group had come before that, or null if it is unknown
     */
    static Cause of(Check check, Look look, Comparison difference, IdStatus known, @Nullable GroupProgress progress) {
        Cause ofWork = ofWork(known);
        if (difference == Comparison.AHEAD
                || Judgement.isStale(look, check.subject().version())
                || isStale(known)) {
            return Cause.STALE_REPLICA;
        }
        if (ofWork != null) {
            return ofWork;
        }
        if (hadMore(check, look, known)) {
            return Cause.BACKWARDS;
        }
        if (noTriggerSeen(check, progress)) {
            return Cause.NO_TRIGGER_SEEN;
        }
        return switch (difference) {
            case ABSENT_HERE -> Cause.ABSENT_HERE;
            case ORPHAN -> Cause.ORPHAN;
            default -> Cause.UNKNOWN;
        };
    }

    private static @Nullable Cause ofWork(IdStatus known) {
        if (known.work() != null) {
            return Cause.WAITING;
        }
        return switch (lastOutcome(known)) {
            case "deferred" -> Cause.DEFERRED;
            case "dead-lettered" -> Cause.DEAD_LETTERED;
            default -> null;
        };
    }

    /** Returns whether the id waits for an answer that is as new as its trigger. */
    private static boolean isStale(IdStatus known) {
        return known.work() != null && lastOutcome(known).equals("stale");
    }

    private static String lastOutcome(IdStatus known) {
        return known.rounds().isEmpty() ? "" : known.rounds().get(0).outcome();
    }

    /** Returns whether the projection had a newer version of what the source still has. */
    private static boolean hadMore(Check check, Look look, IdStatus known) {
        long has = look.projected() == null ? -1 : look.projected().version();
        OptionalLong answered = look.answered();
        if (!look.isFound() || answered.isEmpty()) {
            return false;
        }
        long had = Math.max(known.applied().orElse(-1), lastApplied(known).orElse(-1));
        Check.Suspicion first = check.suspicion();
        if (first != null && first.look().projected() != null) {
            had = Math.max(had, first.look().projected().version());
        }
        return had > has && had <= answered.getAsLong();
    }

    /** Returns the version that the last round applied; none if it applied an absence. */
    private static OptionalLong lastApplied(IdStatus known) {
        return known.rounds().stream()
                .filter(round -> round.outcome().equals("applied"))
                .findFirst()
                .map(PastRound::answered)
                .orElse(OptionalLong.empty());
    }

    private static boolean noTriggerSeen(Check check, @Nullable GroupProgress progress) {
        Check.Suspicion first = check.suspicion();
        // a trigger may be sent a moment after its change
        boolean longEnough = check.measure().nanos() >= Measure.AFTER_10S.nanos();
        return longEnough && first != null && progress != null && progress.provesAllSettled(first.progress());
    }
}

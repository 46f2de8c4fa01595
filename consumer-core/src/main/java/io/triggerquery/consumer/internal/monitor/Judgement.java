package io.triggerquery.consumer.internal.monitor;

import io.triggerquery.consumer.internal.monitor.Look.Comparison;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Decides whether a difference between source and projection is a violation, while both change.
 *
 * <p>A version that the source answered is known to be there since. So a projection that lacks it at a second look,
 * which is as much later as the age that is measured, has lacked it for that age. One that has it, or a newer one, was
 * right, whatever the source answers by then.
 */
final class Judgement {

    private static final Verdict RIGHT = new Verdict.Right();
    private static final Verdict SUSPECT = new Verdict.Suspect();
    private static final Verdict UNDECIDED = new Verdict.Undecided();

    private Judgement() {}

    /**
     * Judges a first look at an id that is as old as the age that is measured.
     *
     * @param version the version that the source had then according to a trigger or a list, if that said so. Senders
     *     are off by one, so equality with it proves nothing
     * @param isOpen returns whether a trigger of that age is still open here
     */
    static Verdict first(Look look, OptionalLong version, BooleanSupplier isOpen) {
        Comparison comparison = look.compare();
        if (comparison == Comparison.UNKNOWN) {
            return UNDECIDED;
        }
        if (comparison == Comparison.EQUAL) {
            return isStale(look, version) && isOpen.getAsBoolean() ? new Verdict.Wrong(Comparison.AHEAD) : RIGHT;
        }
        boolean proved = lacks(look, version) || (comparison != Comparison.AHEAD && isOpen.getAsBoolean());
        return proved ? new Verdict.Wrong(comparison) : SUSPECT;
    }

    /** Returns whether the answer is older than what was said of the source before. */
    static boolean isStale(Look look, OptionalLong version) {
        OptionalLong answered = look.answered();
        return look.isFound()
                && version.isPresent()
                && answered.isPresent()
                && answered.getAsLong() < version.getAsLong();
    }

    /** Returns whether the source has the version, and the projection has a state that is older. */
    private static boolean lacks(Look look, OptionalLong version) {
        Projected projected = look.projected();
        return look.compare() == Comparison.OLDER
                && projected != null
                && version.isPresent()
                && !isStale(look, version)
                && projected.version() < version.getAsLong();
    }

    /**
     * Judges a second look, which is later than the first by the age that is measured.
     *
     * @param mayHaveChanged returns whether the projection may have changed between the looks. If so, equal differences
     *     without versions do not show that it has been one
     */
    static Verdict second(Look first, Look second, BooleanSupplier mayHaveChanged) {
        Comparison now = second.compare();
        if (now == Comparison.EQUAL) {
            return RIGHT;
        }
        Verdict verdict = second(first, second, now);
        boolean unproved = verdict instanceof Verdict.Wrong && !hasVersion(second) && mayHaveChanged.getAsBoolean();
        return unproved ? UNDECIDED : verdict;
    }

    private static boolean hasVersion(Look look) {
        Projected projected = look.projected();
        return look.answered().isPresent() || (projected != null && projected.version() > 0);
    }

    private static Verdict second(Look first, Look second, Comparison now) {
        return switch (first.compare()) {
            case OLDER, ABSENT_HERE -> afterOlder(first, second, now);
            case ORPHAN -> proved(now == Comparison.ORPHAN && sameProjection(first, second), now);
            case AHEAD -> proved(now == Comparison.AHEAD && isOlderThan(first, second), now);
            case EQUAL, UNKNOWN -> UNDECIDED;
        };
    }

    private static Verdict afterOlder(Look first, Look second, Comparison now) {
        Projected projected = second.projected();
        OptionalLong version = first.answered();
        if (projected != null && version.isPresent() && projected.version() >= version.getAsLong()) {
            // a tombstone of the very version supersedes it, which is right only if the source has gone on since
            boolean superseded = projected.isTombstone() && projected.version() == version.getAsLong();
            return superseded ? proved(second.answered().equals(version), now) : RIGHT;
        }
        return proved(now == Comparison.OLDER || now == Comparison.ABSENT_HERE, now);
    }

    private static boolean sameProjection(Look first, Look second) {
        return first.projected() != null && first.projected().equals(second.projected());
    }

    /** Returns whether the second answer is older than what the projection had before that query began. */
    private static boolean isOlderThan(Look first, Look second) {
        Projected before = first.projected();
        OptionalLong answered = second.answered();
        return before != null && answered.isPresent() && answered.getAsLong() < before.version();
    }

    private static Verdict proved(boolean wrong, Comparison difference) {
        return wrong ? new Verdict.Wrong(difference) : UNDECIDED;
    }
}

package io.triggerquery.consumer.internal.monitor;

import io.triggerquery.consumer.internal.engine.IdStatus;
import io.triggerquery.consumer.internal.monitor.Look.Comparison;
import io.triggerquery.consumer.internal.monitor.Repairs.Repair;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what follows from what a check saw: counts it, looks again, reports a violation with its cause, repairs it,
 * and plans the check at the next age.
 *
 * <p>Threads: the monitor's thread.
 */
final class Decisions {

    private final MonitoredSides sides;
    private final MonitoredWork work;
    private final CheckQueue queue;
    private final Findings findings;
    private final MonitorTime time;

    /** What receives the findings. */
    record Findings(Repairs repairs, KnownViolations known, MonitorListener listener) {}

    Decisions(MonitoredSides sides, MonitoredWork work, CheckQueue queue, Findings findings, MonitorTime time) {
        this.sides = sides;
        this.work = work;
        this.queue = queue;
        this.findings = findings;
        this.time = time;
    }

    /**
     * Decides about a check.
     *
     * @param at when the source had answered
     * @param progress returns the progress of the group at a time after that, or null
     */
    void decide(Check check, Look look, long at, Supplier<@Nullable GroupProgress> progress)
            throws InterruptedException {
        findings.repairs().answered(look.isFound());
        Verdict verdict = verdict(check, look);
        if (verdict instanceof Verdict.Suspect) {
            // without room for a second look nothing is proved
            if (!queue.add(check.again(new Check.Suspicion(look, at, progress.get())))) {
                counted(check, Result.UNDECIDED);
            }
        } else if (verdict instanceof Verdict.Wrong wrong) {
            wrong(check, look, wrong.difference(), progress);
        } else if (verdict instanceof Verdict.Right) {
            findings.known().right(check.id());
            counted(check, Result.RIGHT);
        } else {
            counted(check, Result.UNDECIDED);
        }
    }

    private Verdict verdict(Check check, Look look) {
        Check.Suspicion first = check.suspicion();
        return first == null
                ? Judgement.first(look, check.subject().version(), () -> isOpen(check))
                : Judgement.second(first.look(), look, () -> mayHaveChanged(check.id(), first.at()));
    }

    /** Returns whether this instance may have applied something since then; an id that has failed since has not. */
    private boolean mayHaveChanged(String id, long since) {
        IdStatus known = work.find(id);
        long ago = time.nanos() - since;
        IdStatus.OpenWork open = known.work();
        return (open != null && open.failingFor().toNanos() < ago)
                || known.rounds().stream()
                        .anyMatch(round -> round.outcome().equals("applied")
                                && round.endedAgo().toNanos() <= ago);
    }

    /** Returns whether a trigger is open here that was sent when the check's was, or before. */
    boolean isOpen(Check check) {
        Subject.Received trigger = check.subject().trigger();
        IdStatus.OpenWork open = trigger == null ? null : work.find(check.id()).work();
        return open != null && trigger != null && !open.trigger().producedAt().isAfter(trigger.sentAt());
    }

    /** Counts a check, and plans the one at the next age. */
    private void counted(Check check, Result result) {
        findings.listener().checked(check.measure(), result);
        Check next = check.next(check.reported());
        if (next != null) {
            queue.add(next);
        }
    }

    private void wrong(Check check, Look look, Comparison difference, Supplier<@Nullable GroupProgress> progress)
            throws InterruptedException {
        Cause cause = cause(check, look, difference, progress);
        Repair repair = findings.repairs().repair(check.id(), look, cause, time.nanos());
        if (check.reported() != cause) {
            report(check, look, cause, repair);
        }
        findings.listener().checked(check.measure(), Result.WRONG);
        Check next = check.next(cause);
        if (repair == Repair.TRIGGERED) {
            // only this check has repaired it; the ids that are not in the sample stay wrong
            for (Check later = next; later != null; later = later.next(cause)) {
                findings.listener().checked(later.measure(), Result.WRONG);
            }
        } else if (next != null) {
            queue.add(next);
        }
    }

    /** Returns the cause. What is known of the id is read before the projection is read again. */
    private Cause cause(Check check, Look look, Comparison difference, Supplier<@Nullable GroupProgress> progress)
            throws InterruptedException {
        IdStatus status = work.find(check.id());
        GroupProgress reached = check.suspicion() == null || status.work() != null ? null : progress.get();
        try {
            Projected now = sides.projected(List.of(check.id())).get(check.id());
            boolean stillWrong = verdict(check, new Look(look.answer(), now)) instanceof Verdict.Wrong
                    || difference == Comparison.AHEAD;
            return stillWrong ? CauseFinder.of(check, look, difference, status, reached) : Cause.WAITING;
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception unread) {
            return status.work() == null ? Cause.UNKNOWN : Cause.WAITING;
        }
    }

    private void report(Check check, Look look, Cause cause, Repair repair) {
        long now = time.nanos();
        long age = check.provedAge(now);
        OptionalLong answered = look.answered();
        var violation = new Violation(
                check.id(),
                Duration.ofNanos(age).truncatedTo(ChronoUnit.MILLIS),
                check.measure().label(),
                cause.label(),
                look.isFound() ? "found" : "absent",
                answered.isPresent() ? (Long) answered.getAsLong() : null,
                look.projected() == null ? null : (Long) look.projected().version(),
                time.clock().instant(),
                repair.name().toLowerCase(Locale.ROOT));
        if (findings.known().add(violation, cause, now - age, now)) {
            findings.listener().violated(violation, cause);
        }
    }

    /**
     * Counts checks that cannot be made in time. Those whose trigger is still open, and whose projection is older than
     * the trigger, are wrong without an answer of the source.
     */
    void tooLate(Check check, @Nullable Projected projected) {
        OptionalLong version = check.subject().version();
        boolean older = projected != null
                && projected.isState()
                && version.isPresent()
                && projected.version() < version.getAsLong();
        boolean wrong = older && check.suspicion() == null && isOpen(check);
        counted(check, wrong ? Result.WRONG : Result.SKIPPED);
    }
}

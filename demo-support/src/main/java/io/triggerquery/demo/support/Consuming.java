package io.triggerquery.demo.support;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A service's listener, as a page shows it. Templates read the public methods.
 *
 * @param report what the endpoint {@code triggerquery} says of it
 * @param triggers the number of received triggers since the start
 * @param queries the number of queries since the start
 */
public record Consuming(Report report, long triggers, long queries) {

    private static final int SHOWN = 5;

    /** The answer of the endpoint. */
    record Reports(List<Report> listeners) {}

    /** A listener; the endpoint's answer has more. */
    public record Report(String id, Source source, Container container, Work work, List<Stuck> stuck) {}

    /** The source that it queries, and its circuit breaker. */
    public record Source(String name, String circuit) {}

    /** Whether an operator has paused it. */
    public record Container(boolean paused) {}

    /** The triggers that are not settled. */
    public record Work(
            long pending,
            int ready,
            int running,
            int waiting,
            @Nullable String suspended) {}

    /** An id that fails. */
    public record Stuck(
            String id,
            String state,
            @Nullable Duration nextTryIn,
            int failures,
            Duration stuckFor,
            @Nullable String lastError) {

        /** Returns how long it has failed, and when it is tried again. */
        public String when() {
            String tried = failures == 1 ? "failed once" : "failed " + failures + " times";
            String next = nextTryIn == null ? state : "next try in " + Ages.of(nextTryIn);
            return "Stuck for %s, %s, %s".formatted(Ages.of(stuckFor), tried, next);
        }
    }

    /** Returns the queries for each trigger. */
    public String queriesPerTrigger() {
        return triggers == 0 ? "–" : String.format(Locale.ROOT, "%.2f", (double) queries / triggers);
    }

    /** Returns whether the source is queried without limits. */
    public boolean isWell() {
        return report.work().suspended() == null
                && report.source().circuit().equals("CLOSED")
                && !report.container().paused();
    }

    /** Returns what prevents queries, or what there is to do. Its words change seldom, since they are read aloud. */
    public String state() {
        String source = report.source().name();
        if (report.container().paused()) {
            return "Paused by an operator.";
        }
        if (report.work().suspended() != null) {
            return "Suspended: only one query at a time asks whether " + source + " answers again.";
        }
        if (!isWell()) {
            return "The circuit to %s is %s: it fails."
                    .formatted(
                            source, report.source().circuit().replace('_', '-').toLowerCase(Locale.ROOT));
        }
        if (!report.stuck().isEmpty()) {
            return "Single ids are stuck. All others are applied.";
        }
        return "Asks " + source + " for each trigger.";
    }

    /** Returns since when and why nothing is queried, or null if that is not known. */
    public @Nullable String reason() {
        if (isWell()) {
            return null;
        }
        String suspended = report.work().suspended();
        return suspended != null || report.stuck().isEmpty()
                ? suspended
                : report.stuck().get(0).lastError();
    }

    /** Returns the ids that have been stuck longest. */
    public List<Stuck> stuck() {
        return report.stuck().subList(0, Math.min(SHOWN, report.stuck().size()));
    }

    /** Returns whether there are more than those. */
    public boolean hasMoreStuck() {
        return report.stuck().size() > SHOWN;
    }
}

package io.triggerquery.demo.support;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A service's listener, as a page shows it. Templates read the public methods.
 *
 * @param report what the endpoint {@code triggerquery} says of it
 * @param triggers the number of received triggers since the start
 * @param queries the number of queries since the start
 * @param openSince when the circuit breaker of its source has opened, or null if it is closed
 */
public record Consuming(
        Report report,
        long triggers,
        long queries,
        @Nullable Instant openSince) {

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
            @Nullable String lastError) {}

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

    /** Returns what prevents queries, or what there is to do. It changes seldom, since changes are read aloud. */
    public String state() {
        String source = report.source().name();
        if (report.container().paused()) {
            return "Paused by an operator.";
        }
        if (!isWell()) {
            return source + " fails. It is queried seldom until it answers.";
        }
        if (!report.stuck().isEmpty()) {
            return "Some ids are stuck. The others are applied.";
        }
        return "Queries " + source + " for the received triggers.";
    }

    /** Returns since when and why queries are prevented, or null if they are not. */
    public @Nullable String reason() {
        if (report.work().suspended() != null) {
            return "Suspended: " + report.work().suspended();
        }
        return openSince == null
                ? null
                : "The circuit has been open for " + Ages.of(Duration.between(openSince, Instant.now()));
    }

    /** Returns how long an id has failed, and when it is tried again. */
    public String when(Stuck stuck) {
        String failed = stuck.failures() == 1 ? "failed once" : "failed " + stuck.failures() + " times";
        return "Stuck for %s, %s, %s".formatted(Ages.of(stuck.stuckFor()), failed, next(stuck));
    }

    private String next(Stuck stuck) {
        Duration nextTryIn = stuck.nextTryIn();
        if (nextTryIn == null) {
            return stuck.state();
        }
        if (!isWell()) {
            return "next try when " + report.source().name() + " answers";
        }
        return nextTryIn.toSeconds() == 0 ? "next try now" : "next try in " + Ages.of(nextTryIn);
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

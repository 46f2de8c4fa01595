package io.triggerquery.consumer.internal.listener;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.triggerquery.consumer.internal.engine.IdState;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of an id, for operators.
 *
 * @param state ready, held, running, waiting, applied, deferred, dead-lettered or unknown
 * @param reason of ready and running: the step of the round; of held: suspended or source-unavailable; of waiting:
 *     settle-delay, back-off, stale or absent; otherwise null
 * @param nextTryIn of held and waiting: the time until the next query, otherwise null
 * @param runningFor of running: how long the round has run, otherwise null
 * @param suspended of held: how long every id has failed, and why, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StateOfId(
        String state,
        @Nullable String reason,
        @Nullable Duration nextTryIn,
        @Nullable Duration runningFor,
        @Nullable String suspended) {

    /** The outcomes after which nothing is left to do here. */
    private static final Set<String> FINAL = Set.of("applied", "deferred", "dead-lettered");

    private static final String UNKNOWN = "unknown";

    static StateOfId of(IdState state) {
        if (state instanceof IdState.Ready ready) {
            return new StateOfId("ready", name(ready.next()), null, null, null);
        }
        if (state instanceof IdState.Held held) {
            String suspended = held.suspended() == null ? null : ListenerReport.line(held.suspended());
            String reason = suspended == null ? "source-unavailable" : "suspended";
            return new StateOfId("held", reason, millis(held.resumesIn()), null, suspended);
        }
        if (state instanceof IdState.Running running) {
            return new StateOfId("running", name(running.step()), null, millis(running.lasting()), null);
        }
        if (state instanceof IdState.Waiting waiting) {
            return new StateOfId("waiting", waiting.reason(), millis(waiting.nextTryIn()), null, null);
        }
        boolean isFinal =
                state instanceof IdState.Done done && FINAL.contains(done.last().outcome());
        String name = isFinal ? ((IdState.Done) state).last().outcome() : UNKNOWN;
        return new StateOfId(name, null, null, null, null);
    }

    /** Returns whether there is something left to do here. */
    boolean hasOpenWork() {
        return !FINAL.contains(state) && !state.equals(UNKNOWN);
    }

    /** Returns the name of a step, such as {@code dead-letter}. */
    static String name(IdState.Step step) {
        return step.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Duration millis(Duration duration) {
        return duration.truncatedTo(ChronoUnit.MILLIS);
    }

    StateOfId withoutErrors() {
        return new StateOfId(state, reason, nextTryIn, runningFor, null);
    }
}

package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FreshnessResult.Known;
import io.triggerquery.consumer.FreshnessResult.State;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Tells the callers that wait for an id what is known of it. */
final class KnownState {

    private KnownState() {}

    /**
     * Returns what is known.
     *
     * @param work the open work of the id, or null if there is none
     * @param version the highest version that is known to be projected
     */
    static Known of(IdStatus.@Nullable OpenWork work, OptionalLong version) {
        if (work == null) {
            return Known.NOTHING.withVersion(version);
        }
        return new Known(state(work), version, nextTryIn(work.state()), Optional.ofNullable(work.lastCause()));
    }

    private static State state(IdStatus.OpenWork work) {
        if (work.state() instanceof IdState.Held) {
            return State.HELD;
        }
        if (work.state() instanceof IdState.Running) {
            return State.RUNNING;
        }
        if (work.state() instanceof IdState.Waiting waiting) {
            return switch (waiting.reason()) {
                case "stale" -> State.STALE;
                case "absent" -> State.ABSENT;
                case "paused" -> State.PAUSED;
                case "back-off" -> State.FAILING;
                default -> State.READY;
            };
        }
        boolean queried = work.state() instanceof IdState.Ready ready && ready.next() == IdState.Step.QUERY;
        return queried ? State.READY : State.FAILING;
    }

    private static Optional<Duration> nextTryIn(IdState state) {
        if (state instanceof IdState.Waiting waiting) {
            return Optional.of(waiting.nextTryIn());
        }
        return state instanceof IdState.Held held ? Optional.of(held.resumesIn()) : Optional.empty();
    }
}

package io.triggerquery.consumer.internal.control;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A listener of this instance, and which pauses it has been told of.
 *
 * <p>Threads: guarded by the fleet's lock.
 */
final class FleetMember {

    /** How long the pause of an id without an end lasts at most, until it is set again. */
    private static final Duration LONG = Duration.ofDays(365);

    private final Member member;
    private final Map<String, ControlValue.Pause> idPauses = new HashMap<>();
    private boolean paused;

    FleetMember(Member member) {
        this.member = member;
    }

    String listener() {
        return member.listener();
    }

    ControlValue.Status status() {
        return member.status();
    }

    /** Pauses and resumes the listener and its ids as the state says. */
    void apply(ControlState state, Instant now) {
        boolean toPause = state.pause(listener(), now) != null;
        if (toPause && !paused) {
            member.pause();
        } else if (!toPause && paused) {
            member.resume();
        }
        paused = toPause;
        applyToIds(state.idPauses(listener(), now), now);
    }

    private void applyToIds(Map<String, ControlValue.Pause> desired, Instant now) {
        List<String> ended = new ArrayList<>(idPauses.keySet());
        ended.removeAll(desired.keySet());
        ended.forEach(id -> {
            idPauses.remove(id);
            member.resumeId(id);
        });
        desired.forEach((id, pause) -> {
            if (!pause.equals(idPauses.put(id, pause))) {
                member.pauseId(id, pause.until() == null ? LONG : Duration.between(now, pause.until()));
            }
        });
    }
}

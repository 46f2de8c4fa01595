package io.triggerquery.proof.oracle;

import java.time.Duration;

/** When a strategy admits that it loses the trigger of a committed change. */
@FunctionalInterface
interface Window {

    /** A send is given up within this time. */
    Duration SEND = Duration.ofSeconds(6);

    /** What gathered in an outage is sent within this time after it. */
    Duration RECOVERY = Duration.ofSeconds(20);

    /** Never. */
    Window NONE = (doing, history) -> false;

    /** The child was killed before {@code publish}, or the commit that hands over, had returned. */
    Window IN_FLIGHT = (doing, history) -> history.deaths().containsKey(doing.life()) && doing.ended() == null;

    /** The child was killed while a trigger that is only in memory may have waited for the broker. */
    Window PENDING = (doing, history) -> {
        Long death = history.deaths().get(doing.life());
        if (death == null) {
            return false;
        }
        if (doing.ended() == null) {
            return true;
        }
        long at = doing.ended().atMillis();
        return death - at <= SEND.toMillis()
                || history.outages().stream()
                        .anyMatch(outage -> outage.covers(at, SEND, RECOVERY) && outage.covers(death, SEND, RECOVERY));
    };

    boolean admits(Doing doing, History history);
}

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

    /** The child was killed while a trigger may not have gone further than its memory. */
    Window RECENT = (doing, history) -> IN_FLIGHT.admits(doing, history)
            || doing.ended() != null
                    && history.deaths().containsKey(doing.life())
                    && history.deaths().get(doing.life()) - doing.ended().atMillis() <= SEND.toMillis();

    /** The same, and in an outage of the broker nothing goes further than the memory. */
    Window PENDING = (doing, history) -> RECENT.admits(doing, history)
            || doing.ended() != null
                    && history.deaths().containsKey(doing.life())
                    && history.outages().stream()
                            .anyMatch(outage -> outage.covers(doing.ended().atMillis(), SEND, RECOVERY)
                                    && outage.covers(history.deaths().get(doing.life()), SEND, RECOVERY));

    boolean admits(Doing doing, History history);
}

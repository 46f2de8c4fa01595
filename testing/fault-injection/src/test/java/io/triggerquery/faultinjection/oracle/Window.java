package io.triggerquery.faultinjection.oracle;

import java.time.Duration;

/** The times when a strategy may lose the trigger of a committed change. */
@FunctionalInterface
interface Window {

    /** The longest time until a send fails. */
    Duration SEND = Duration.ofSeconds(6);

    /**
     * The longest time until the relay service has a trigger: the batch before its own fails, its own fails, and the
     * call.
     */
    Duration HAND_OVER = Duration.ofSeconds(11);

    /** The longest time after an outage until its backlog is sent. */
    Duration RECOVERY = Duration.ofSeconds(20);

    /** No loss. */
    Window NONE = (transaction, history) -> false;

    /** The child was killed before {@code publish}, or the commit that hands the trigger over, had returned. */
    Window IN_FLIGHT =
            (transaction, history) -> history.deaths().containsKey(transaction.life()) && transaction.ended() == null;

    /** The child was killed while a trigger may have been in its memory only. */
    Window RECENT = (transaction, history) -> IN_FLIGHT.admits(transaction, history)
            || transaction.ended() != null
                    && history.deaths().containsKey(transaction.life())
                    && history.deaths().get(transaction.life())
                                    - transaction.ended().atMillis()
                            <= HAND_OVER.toMillis();

    /** Like the one before, where during an outage of the broker triggers stay in memory. */
    Window PENDING = (transaction, history) -> RECENT.admits(transaction, history)
            || transaction.ended() != null
                    && history.deaths().containsKey(transaction.life())
                    && history.outages().stream()
                            .anyMatch(
                                    outage -> outage.covers(transaction.ended().atMillis(), SEND, RECOVERY)
                                            && outage.covers(history.deaths().get(transaction.life()), SEND, RECOVERY));

    boolean admits(TransactionRecord transaction, History history);
}

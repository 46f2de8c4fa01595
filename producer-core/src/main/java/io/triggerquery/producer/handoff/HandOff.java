package io.triggerquery.producer.handoff;

import io.triggerquery.producer.sending.Trigger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Collects what one transaction publishes to one keeper, and hands it over after its end.
 *
 * <p>It does not wait for {@code afterCommit}: when the answer to a COMMIT is lost that does not run, and the status then
 * says "rolled back" of a change that is there. Once a commit was asked for, everything is handed over whatever the
 * status is: a trigger too many is harmless, one too few is not.
 *
 * <p>Threads: the transaction's.
 */
final class HandOff implements TransactionSynchronization {

    private static final Logger log = LoggerFactory.getLogger(HandOff.class);

    private final Keeper keeper;
    private final Map<Trigger.Key, Trigger> triggers = new LinkedHashMap<>();
    private Keeper.@Nullable Prepared prepared;

    private HandOff(Keeper keeper) {
        this.keeper = keeper;
    }

    /** The one of the current transaction. */
    static HandOff current(Keeper keeper) {
        HandOff current = (HandOff) TransactionSynchronizationManager.getResource(keeper);
        if (current == null) {
            current = new HandOff(keeper);
            TransactionSynchronizationManager.registerSynchronization(current);
            TransactionSynchronizationManager.bindResource(keeper, current);
        }
        return current;
    }

    void add(Trigger trigger) {
        triggers.merge(trigger.key(), trigger, (one, other) -> one.merge(other.version()));
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        prepared = keeper.prepare(taken());
    }

    @Override
    public void afterCompletion(int status) {
        TransactionSynchronizationManager.unbindResourceIfPossible(keeper);
        boolean committed = status == STATUS_COMMITTED;
        Keeper.Prepared before = prepared;
        if (before != null) {
            handOver(() -> before.ended(committed));
        }
        // published after the commit, or without one
        if (!triggers.isEmpty() && (before != null || status != STATUS_ROLLED_BACK)) {
            handOver(() -> RejectedException.throwIf(committed ? keeper.keep(taken()) : keeper.keepUnsure(taken())));
        }
    }

    private static void handOver(Runnable triggers) {
        try {
            triggers.run();
        } catch (RuntimeException e) {
            // nobody could do anything about it any more: the transaction has ended
            log.error("Triggers could not be handed over after their transaction", e);
        }
    }

    private List<Trigger> taken() {
        List<Trigger> taken = List.copyOf(triggers.values());
        triggers.clear();
        return taken;
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResource(keeper);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.bindResource(keeper, this);
    }

    /** Last: whatever another synchronization publishes before the commit is part of it. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}

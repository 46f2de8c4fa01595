package io.triggerquery.producer.handoff;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.sending.Trigger;
import java.util.List;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Hands a trigger to a {@link Keeper} once the transaction has ended, or at once if there is none. */
public final class AfterCommitStrategy implements Strategy {

    private final Keeper keeper;

    /** Hands over to this keeper. */
    public AfterCommitStrategy(Keeper keeper) {
        this.keeper = keeper;
    }

    @Override
    public Receipt publish(Trigger trigger) {
        // after the completion of a transaction nobody is told any more, though it still counts as active
        if (TransactionSynchronizationManager.isSynchronizationActive()
                && TransactionSynchronizationManager.isActualTransactionActive()) {
            HandOff.current(keeper).add(trigger);
            return new Receipt.AfterCommit();
        }
        return keeper.keep(List.of(trigger));
    }
}

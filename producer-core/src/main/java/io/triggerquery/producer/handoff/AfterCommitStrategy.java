package io.triggerquery.producer.handoff;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.handoff.OngoingTransaction.Phase;
import io.triggerquery.producer.sending.Trigger;
import java.util.List;

/** Hands a trigger to a {@link Keeper} once the transaction has ended, or at once if there is none or it has committed. */
public final class AfterCommitStrategy implements Strategy {

    private final Keeper keeper;

    /** Hands over to this keeper. */
    public AfterCommitStrategy(Keeper keeper) {
        this.keeper = keeper;
    }

    @Override
    public Receipt publish(Trigger trigger) {
        OngoingTransaction transaction = OngoingTransaction.current();
        Phase phase = transaction == null ? Phase.COMMITTED : transaction.phase();
        if (transaction == null || phase == Phase.COMMITTED) {
            return keeper.keep(List.of(trigger));
        }
        transaction.handOff(keeper).add(trigger, phase != Phase.RUNNING);
        return new Receipt.AfterCommit();
    }
}

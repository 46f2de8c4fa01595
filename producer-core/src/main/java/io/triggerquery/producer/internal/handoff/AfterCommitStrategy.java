package io.triggerquery.producer.internal.handoff;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.handoff.OngoingTransaction.Phase;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.util.List;

/**
 * Passes a trigger to a {@link TriggerBuffer} when the transaction has ended, or at once if there is none or it has
 * committed.
 */
public final class AfterCommitStrategy implements Strategy {

    private final TriggerBuffer buffer;

    /** Creates a strategy that passes triggers to this buffer. */
    public AfterCommitStrategy(TriggerBuffer buffer) {
        this.buffer = buffer;
    }

    @Override
    public Receipt publish(OutgoingTrigger trigger) {
        OngoingTransaction transaction = OngoingTransaction.current();
        Phase phase = transaction == null ? Phase.COMMITTED : transaction.phase();
        if (transaction == null || phase == Phase.COMMITTED) {
            return buffer.keep(List.of(trigger));
        }
        transaction.handOff(buffer).add(trigger, phase != Phase.RUNNING);
        return new Receipt.AfterCommit();
    }
}

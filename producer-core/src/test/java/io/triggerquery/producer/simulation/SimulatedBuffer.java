package io.triggerquery.producer.simulation;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.handoff.TriggerBuffer;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.util.List;
import java.util.function.Supplier;

/** Wraps a buffer: records which triggers are durable, and makes each call a step of the simulation. */
final class SimulatedBuffer implements TriggerBuffer {

    private final SimulatedProcess process;
    private final TriggerBuffer buffer;
    private final boolean keepsOnDisk;
    private final boolean preparesOnDisk;

    SimulatedBuffer(SimulatedProcess process, TriggerBuffer buffer, Kind kind) {
        this.process = process;
        this.buffer = buffer;
        this.keepsOnDisk = kind.onDisk();
        this.preparesOnDisk = kind == Kind.DISK_WITH_INTENT;
    }

    @Override
    public Receipt keep(List<OutgoingTrigger> triggers) {
        return keep(triggers, () -> buffer.keep(triggers));
    }

    @Override
    public Receipt acceptInDoubt(List<OutgoingTrigger> triggers) {
        return keep(triggers, () -> buffer.acceptInDoubt(triggers));
    }

    private Receipt keep(List<OutgoingTrigger> triggers, Supplier<Receipt> kept) {
        process.step();
        Receipt receipt = kept.get();
        if (receipt instanceof Receipt.OnDisk) {
            process.world.ledger.durable(process.given, triggers);
        }
        process.step();
        return receipt;
    }

    @Override
    public Prepared prepare(List<OutgoingTrigger> triggers) {
        process.step();
        if (keepsOnDisk && !preparesOnDisk) {
            // the receipt shows whether the triggers are on disk
            return TriggerBuffer.super.prepare(triggers);
        }
        Prepared prepared;
        try {
            prepared = buffer.prepare(triggers);
        } catch (RuntimeException refused) {
            process.world.saw(SimulationEvent.NOT_PREPARED);
            // some of the triggers may still be sent, which is harmless
            process.world.ledger.mayBeSent(triggers);
            throw refused;
        }
        if (preparesOnDisk) {
            process.world.ledger.durable(process.given, triggers);
        }
        process.step();
        return committed -> {
            process.step();
            prepared.ended(committed);
            process.step();
        };
    }
}

package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import org.jspecify.annotations.Nullable;

/** A published trigger and its state in the model. */
final class Publication {

    /** The state of a publication. */
    enum State {
        /** The transaction has not ended. */
        RUNNING,
        /** The trigger has to be sent. */
        OWED,
        /** Nothing more is required. */
        CLOSED
    }

    final SimulatedProcess process;
    final OutgoingTrigger trigger;
    final boolean inTable;
    State state = State.RUNNING;
    /** Whether the trigger survives its process. */
    boolean durable;
    /** Whether the commit of its transaction was requested. */
    boolean commitRequested;

    long owedSince;

    /** @param inTable whether the trigger is kept in the outbox, and so sent if and only if its transaction commits */
    Publication(SimulatedProcess process, OutgoingTrigger trigger, boolean inTable) {
        this.process = process;
        this.trigger = trigger;
        this.inTable = inTable;
    }

    Key key() {
        return trigger.key();
    }

    /** Whether a trigger with this version makes the consumer query at least what this one requires. */
    boolean isCoveredBy(@Nullable Long version) {
        Long own = trigger.version();
        return version == null || own != null && version >= own;
    }

    @Override
    public String toString() {
        return trigger.destination() + "/" + trigger.id() + " v" + trigger.version() + " of " + process + " "
                + process.strategy(trigger.destination()) + " " + state + (durable ? " durable" : "");
    }
}

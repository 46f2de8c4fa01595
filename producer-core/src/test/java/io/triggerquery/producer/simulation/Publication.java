package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import org.jspecify.annotations.Nullable;

/** A trigger that was published, and what has to become of it. */
final class Publication {

    /** How far it is. */
    enum State {
        /** Its transaction has not ended. */
        RUNNING,
        /** It has to be sent. */
        OWED,
        /** Nothing has to become of it any more. */
        CLOSED
    }

    final SimulatedProcess process;
    final OutgoingTrigger trigger;
    final boolean inTable;
    State state = State.RUNNING;
    /** Whether it outlives its process. */
    boolean durable;
    /** Whether its transaction was asked to commit. */
    boolean asked;

    long owedSince;

    /** @param inTable whether it goes to the table, which is sent if and only if it was committed */
    Publication(SimulatedProcess process, OutgoingTrigger trigger, boolean inTable) {
        this.process = process;
        this.trigger = trigger;
        this.inTable = inTable;
    }

    Key key() {
        return trigger.key();
    }

    /** Whether a trigger with this version makes a consumer look that has to look for this one. */
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

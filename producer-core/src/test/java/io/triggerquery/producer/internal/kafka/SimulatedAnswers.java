package io.triggerquery.producer.internal.kafka;

import io.triggerquery.producer.internal.sending.SendOutcome;

/** Gives the simulation access to the real classification of Kafka's exceptions. */
public final class SimulatedAnswers {

    private SimulatedAnswers() {}

    /** Returns the outcome of a send to a part of a destination that failed with an exception. */
    public static SendOutcome of(Exception thrown, String part) {
        return SendFailure.outcome(thrown, part);
    }
}

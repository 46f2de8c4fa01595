package io.triggerquery.producer.internal.kafka;

import io.triggerquery.producer.internal.sending.SendOutcome;

/** What the sender makes of Kafka's exceptions. */
public final class SimulatedAnswers {

    private SimulatedAnswers() {}

    /** The outcome of a send to a part of a destination that failed so. */
    public static SendOutcome of(Exception thrown, String part) {
        return SendFailure.outcome(thrown, part);
    }
}

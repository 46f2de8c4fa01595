package io.triggerquery.producer.spi;

import io.micrometer.common.KeyValues;

/**
 * Names the Micrometer observations of all sends, and gives them their keys. A bean of this type replaces the default,
 * which is what these methods return.
 *
 * <p>When a send ends, the low-cardinality key {@code outcome} is added: {@code acknowledged}, {@code unreachable},
 * {@code blocked} or {@code refused}.
 *
 * <p>Threads: any, several at once. If a method throws, the send is not observed, and the failure is logged; the
 * trigger is sent.
 */
public interface TriggerSendObservationConvention {

    /** Returns the name; by default {@code triggerquery.producer.send}. */
    default String name(TriggerSendObservation observation) {
        return "triggerquery.producer.send";
    }

    /** Returns the name of the span; by default {@code send TOPIC}, as OpenTelemetry's conventions say. */
    default String contextualName(TriggerSendObservation observation) {
        return "send " + observation.topic();
    }

    /**
     * Returns the keys of spans and timers; by default {@code destination}. Every combination of values becomes a time
     * series, so there must be few.
     */
    default KeyValues lowCardinalityKeyValues(TriggerSendObservation observation) {
        return KeyValues.of("destination", observation.destination());
    }

    /** Returns the keys of spans alone; by default OpenTelemetry's attributes for messaging, with the id. */
    default KeyValues highCardinalityKeyValues(TriggerSendObservation observation) {
        return KeyValues.of(
                "messaging.system",
                "kafka",
                "messaging.operation.name",
                "send",
                "messaging.operation.type",
                "send",
                "messaging.destination.name",
                observation.topic(),
                "messaging.kafka.message.key",
                observation.id());
    }
}

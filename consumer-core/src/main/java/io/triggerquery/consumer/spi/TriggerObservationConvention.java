package io.triggerquery.consumer.spi;

import io.micrometer.common.KeyValues;

/**
 * Names the Micrometer observations of all listeners, and gives them their keys. A bean of this type replaces the
 * default, which is what these methods return.
 *
 * <p>When a step ends, the low-cardinality key {@code outcome} is added: {@code applied}, {@code stale}, {@code
 * unconfirmed}, {@code refused}, {@code split}, {@code failed}, {@code mixed} or {@code answered}.
 *
 * <p>Threads: any, several at once. If a method throws, the step is not observed, and the failure is logged; the step
 * itself goes on.
 */
public interface TriggerObservationConvention {

    /**
     * Returns the name; by default {@code triggerquery.round}, {@code triggerquery.query} or {@code
     * triggerquery.projection}.
     */
    default String name(TriggerObservation observation) {
        return switch (observation.step()) {
            case ROUND -> "triggerquery.round";
            case QUERY -> "triggerquery.query";
            case PROJECTION -> "triggerquery.projection";
        };
    }

    /**
     * Returns the keys of spans and timers; by default {@code listener} and {@code source}. Every combination of values
     * becomes a time series, so there must be few.
     */
    default KeyValues lowCardinalityKeyValues(TriggerObservation observation) {
        return KeyValues.of("listener", observation.listener(), "source", observation.source());
    }

    /** Returns the keys of spans alone; by default {@code id}, or {@code ids}, their number, if there are several. */
    default KeyValues highCardinalityKeyValues(TriggerObservation observation) {
        int ids = observation.ids().size();
        return ids == 1 ? KeyValues.of("id", observation.ids().get(0)) : KeyValues.of("ids", String.valueOf(ids));
    }
}

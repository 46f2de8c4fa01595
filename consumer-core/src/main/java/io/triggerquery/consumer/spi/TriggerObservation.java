package io.triggerquery.consumer.spi;

import java.util.List;

/**
 * A step in the work of a listener that is observed with Micrometer.
 *
 * @param step which step it is
 * @param listener the id of the listener
 * @param source the name of its source
 * @param ids the ids that the step is for; at least one
 */
public record TriggerObservation(Step step, String listener, String source, List<String> ids) {

    /** The steps. */
    public enum Step {
        /** The query and the projection. */
        ROUND,
        /** The query of the source. */
        QUERY,
        /** The call of the annotated method. */
        PROJECTION
    }
}

package io.triggerquery.consumer.engine;

import java.time.Duration;

/** How a round ended. */
sealed interface Outcome {

    /** The state was queried and projected, or the dead letter was sent. */
    record Applied() implements Outcome {}

    /**
     * The query or the projection failed.
     *
     * @param answered whether the source had given its answer before
     */
    record Failed(Throwable cause, boolean answered) implements Outcome {}

    /** The source was not asked. */
    record Refused(Duration holdFor) implements Outcome {}
}

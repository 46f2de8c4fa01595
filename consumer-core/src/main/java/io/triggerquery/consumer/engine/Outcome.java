package io.triggerquery.consumer.engine;

import java.time.Duration;

/** How a round ended. */
sealed interface Outcome {

    /** The state was queried and projected, or the dead letter was sent. */
    record Applied() implements Outcome {}

    /** The query or the projection failed. */
    record Failed(Throwable cause) implements Outcome {}

    /** The source was not asked. */
    record Refused(Duration holdFor) implements Outcome {}
}

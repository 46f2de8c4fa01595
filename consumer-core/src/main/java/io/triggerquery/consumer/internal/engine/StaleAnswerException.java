package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import java.util.OptionalLong;

/** Thrown when a source keeps answering with an older version than the trigger's. */
public final class StaleAnswerException extends RuntimeException {

    StaleAnswerException(Trigger trigger, OptionalLong answered) {
        super(
                "the source answers with version " + answered.orElse(-1) + " of " + trigger.id()
                        + ", but its trigger was sent for version "
                        + trigger.version().orElse(-1)
                        + "; does the query read a replica that has stopped, does the sender count differently, or was"
                        + " the id created again at a lower version? In the last two cases forget the id's versions",
                null,
                false,
                false);
    }
}

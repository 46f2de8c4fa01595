package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.TriggerIdRule;
import java.util.OptionalLong;

/** Thrown when a source keeps answering with an older version than the trigger's. */
public final class StaleAnswerException extends RuntimeException {

    StaleAnswerException(Trigger trigger, OptionalLong answered) {
        super(
                "the source answers with version " + answered.orElse(-1) + " of "
                        + TriggerIdRule.escaped(trigger.id())
                        + ", but its trigger was sent for version "
                        + trigger.version().orElse(-1)
                        + "; check whether the query reads a stopped replica, the sender counts differently, or"
                        + " the id was created again at a lower version. In the last two cases forget its versions",
                null,
                false,
                false);
    }
}

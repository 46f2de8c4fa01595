package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.TriggerIdRule;

/** Thrown when an answer for several ids leaves one of them out. */
public final class NoAnswerException extends RuntimeException {

    NoAnswerException(String id) {
        super("the source's answer does not contain " + TriggerIdRule.escaped(id), null, false, false);
    }
}

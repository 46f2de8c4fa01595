package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.TriggerIdRule;

/**
 * Thrown when a source answers successfully, but with an empty body or with something other than a state of the
 * requested id.
 */
public final class MissingStateException extends RuntimeException {

    MissingStateException(String sourceName, String requested, String content) {
        super("The source " + sourceName + " answered for " + TriggerIdRule.escaped(requested) + " with " + content
                + ".");
    }
}

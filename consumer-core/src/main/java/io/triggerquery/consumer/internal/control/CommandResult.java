package io.triggerquery.consumer.internal.control;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the other instances have made of a command.
 *
 * @param executed what the instances that executed it have done, by instance
 * @param refused why the others have not, by instance
 * @param silent the instances that have not answered in time; they may or may not execute it
 * @param problem why it was sent to none, or null
 */
public record CommandResult(
        Map<String, String> executed,
        Map<String, String> refused,
        Set<String> silent,
        @Nullable String problem) {

    static CommandResult notSent(String problem) {
        return new CommandResult(Map.of(), Map.of(), Set.of(), problem);
    }
}

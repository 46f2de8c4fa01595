package io.triggerquery.consumer.internal.control;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the other instances have made of a command.
 *
 * @param answers the answers, by instance
 * @param silent the instances that have not answered in time; they may or may not execute it
 * @param problem why it was sent to none, or null
 */
public record CommandResult(
        Map<String, ControlValue.Answer> answers,
        Set<String> silent,
        @Nullable String problem) {

    static CommandResult notSent(String problem) {
        return new CommandResult(Map.of(), Set.of(), problem);
    }

    /** Returns what the instances that executed it have done, by instance. */
    public Map<String, String> executed() {
        return outcomes(true);
    }

    /** Returns why the others have not, by instance. */
    public Map<String, String> refused() {
        return outcomes(false);
    }

    private Map<String, String> outcomes(boolean executed) {
        Map<String, String> outcomes = new TreeMap<>();
        answers.forEach((instance, answer) -> {
            if (answer.executed() == executed) {
                outcomes.put(instance, answer.outcome());
            }
        });
        return outcomes;
    }
}

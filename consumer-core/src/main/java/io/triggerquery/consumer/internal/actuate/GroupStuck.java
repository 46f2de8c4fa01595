package io.triggerquery.consumer.internal.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.triggerquery.consumer.internal.control.CommandResult;
import io.triggerquery.consumer.internal.control.ControlValue;
import io.triggerquery.consumer.internal.control.Operation;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import io.triggerquery.consumer.internal.listener.StuckReport;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stuck ids of a listener in all instances of its group.
 *
 * <p>Threads: any. Bounds: up to {@value StuckReport#MAX_SENT} ids of each other instance; a few seconds for their
 * answers.
 *
 * @param listener the listener in this instance
 * @param shown what is shown
 */
record GroupStuck(ListenerOperations listener, Shown shown) {

    /**
     * The stuck ids of a group.
     *
     * @param total their number in the instances that have answered
     * @param ids those that have been stuck longest, longest first, with their instances
     * @param missing what this list lacks and why, or null if nothing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Report(
            int total,
            List<Map<String, Object>> ids,
            @Nullable String missing) {}

    /** Returns up to {@code limit} of the stuck ids. */
    Report longest(int limit) {
        StuckReport here = listener.stuck(limit);
        CommandResult others = new GroupOperations(listener, TriggerQueryEndpoint.UNKNOWN_USER)
                .command(shown.errors() ? Operation.STUCK : Operation.STUCK_WITHOUT_ERRORS, String.valueOf(limit));
        return merged((shown.errors() ? here : here.withoutErrors()).toJson(), others, limit);
    }

    Report merged(Map<String, Object> here, CommandResult others, int limit) {
        var merging = new Merging();
        merging.add(listener.fleet().instance(), here);
        others.answers().forEach((instance, answer) -> merging.add(instance, answer));
        String missing = GroupOperations.missing(others);
        if (missing != null) {
            merging.missing.add(0, missing);
        }
        return merging.report(limit);
    }

    private static final class Merging {

        private final List<Map<String, Object>> ids = new ArrayList<>();
        private final List<String> missing = new ArrayList<>();
        private int total;

        private void add(String instance, ControlValue.Answer answer) {
            if (answer.story() == null) {
                missing.add("No ids of " + instance + ": " + answer.outcome());
            } else {
                add(instance, answer.story());
            }
        }

        private void add(String instance, Map<String, Object> report) {
            total += report.get("total") instanceof Integer number ? number : 0;
            List<?> found = report.get("ids") instanceof List<?> list ? list : List.of();
            for (Object each : found) {
                if (each instanceof Map<?, ?> stuck) {
                    ids.add(row(instance, stuck));
                }
            }
        }

        private static Map<String, Object> row(String instance, Map<?, ?> stuck) {
            Map<String, Object> row = new LinkedHashMap<>();
            stuck.forEach((name, value) -> row.put(String.valueOf(name), value));
            row.put("instance", instance);
            return row;
        }

        private Report report(int limit) {
            return new Report(
                    total,
                    ids.stream()
                            .sorted(Comparator.comparing(Merging::stuckFor).reversed())
                            .limit(limit)
                            .toList(),
                    missing.isEmpty() ? null : String.join(" ", missing));
        }

        private static Duration stuckFor(Map<String, Object> row) {
            try {
                return Duration.parse(String.valueOf(row.get("stuckFor")));
            } catch (DateTimeParseException foreign) {
                return Duration.ZERO;
            }
        }
    }
}

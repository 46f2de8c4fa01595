package io.triggerquery.consumer.internal.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a listener in all instances of its group.
 *
 * @param listener the id of the listener
 * @param from where this is known from
 * @param pause the pause of the listener, or null
 * @param pausedIds the first of the paused ids
 * @param morePausedIds the number of the other paused ids
 * @param instances the instances; those that have not sent a status for ten minutes are left out
 */
@JsonInclude
public record FleetReport(
        String listener,
        From from,
        ControlValue.@Nullable Pause pause,
        Map<String, ControlValue.Pause> pausedIds,
        int morePausedIds,
        List<Instance> instances) {

    private static final int MAX_PAUSED_IDS = 100;

    /**
     * Where a report is known from.
     *
     * @param instance the instance that answers
     * @param controlTopic the control topic of its group
     * @param alone why this instance may not know of all others, or null if it reads the control topic
     */
    @JsonInclude
    public record From(
            String instance, String controlTopic, @Nullable String alone) {}

    /**
     * An instance.
     *
     * @param instance its name: the host's, and a random part for each start
     * @param age the age of its status by the broker's clock
     * @param gone whether three statuses are missing, so that it has probably died or lost the broker
     * @param status its last status
     */
    public record Instance(String instance, Duration age, boolean gone, ControlValue.Status status) {}

    static FleetReport of(
            String listener,
            From from,
            ControlValue.@Nullable Pause pause,
            Map<String, ControlValue.Pause> pausedIds,
            List<Instance> instances) {
        Map<String, ControlValue.Pause> first = new LinkedHashMap<>();
        pausedIds.entrySet().stream()
                .limit(MAX_PAUSED_IDS)
                .forEach(paused -> first.put(paused.getKey(), paused.getValue()));
        return new FleetReport(listener, from, pause, first, pausedIds.size() - first.size(), instances);
    }
}

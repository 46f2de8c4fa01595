package io.triggerquery.consumer.internal.kafka;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a listener's container.
 *
 * @param drainTimeout how long a handover waits for running rounds
 * @param missingTopics what happens if a trigger topic does not exist
 * @param autoStartup whether it starts with the application, or null for the container factory's own setting
 */
public record ContainerSettings(
        Duration drainTimeout,
        MissingTopics missingTopics,
        @Nullable Boolean autoStartup) {

    /** Returns these settings with another auto-startup. */
    public ContainerSettings withAutoStartup(boolean starts) {
        return new ContainerSettings(drainTimeout, missingTopics, starts);
    }
}

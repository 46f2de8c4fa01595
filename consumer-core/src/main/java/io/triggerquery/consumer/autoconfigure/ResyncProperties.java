package io.triggerquery.consumer.autoconfigure;

import io.triggerquery.consumer.internal.listener.ListenerSettings;
import io.triggerquery.consumer.internal.resync.ResyncSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the resync of listeners that have a {@code ResyncSource}.
 *
 * @param every The time from the end of one run to the start of the next; 1 second to 30 days, or 0 to run on demand
 *     only. A shorter time finds lost changes sooner and lists the source more often.
 * @param rate The maximum number of differing ids that are queried per second, for each listener; 1 to 10000. A listed
 *     page counts as one id. A higher rate repairs faster and loads the source more.
 */
@ConfigurationProperties("triggerquery.resync")
public record ResyncProperties(
        @DefaultValue("1h") Duration every,
        @DefaultValue("100") int rate) {

    private static final int MAX_RATE = 10_000;
    private static final int MAX_OPEN = 100;
    private static final int SHARE_OF_PENDING = 10;

    /**
     * Validates and converts the settings.
     *
     * @throws org.springframework.boot.diagnostics.FailureAnalyzedException if a setting is out of bounds; its message
     *     names it
     */
    ResyncSettings toSettings(ListenerSettings listeners) {
        if (!every.isZero()) {
            Check.between("triggerquery.resync.every", every, Duration.ofSeconds(1), Duration.ofDays(30));
        }
        Check.between("triggerquery.resync.rate", rate, 1, MAX_RATE);
        // few enough that they alone never pause the partitions
        long maxOpen = Math.max(1, listeners.engine().limits().maxPending() / SHARE_OF_PENDING);
        return new ResyncSettings(every, rate, (int) Math.min(MAX_OPEN, maxOpen), listeners.backOff());
    }
}

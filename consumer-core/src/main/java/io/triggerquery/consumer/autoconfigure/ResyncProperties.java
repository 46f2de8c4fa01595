package io.triggerquery.consumer.autoconfigure;

import io.triggerquery.consumer.internal.listener.ListenerSettings;
import io.triggerquery.consumer.internal.resync.ResyncSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the resync of listeners that have a {@code ResyncSource}.
 *
 * @param every How long after the end of one run the next begins; 1 second to 30 days, or 0 to run on demand only. Less
 *     finds sooner what was lost, and lists the source more often.
 * @param rate How many ids that differ are queried in a second at most, for each listener; 1 to 10000. A page that is
 *     listed counts like one of them. More repairs faster and asks more of the source.
 */
@ConfigurationProperties("triggerquery.resync")
public record ResyncProperties(
        @DefaultValue("1h") Duration every,
        @DefaultValue("100") int rate) {

    private static final int MAX_RATE = 10_000;
    private static final int MAX_OPEN = 100;
    private static final int SHARE_OF_PENDING = 10;

    /**
     * Checks the settings.
     *
     * @throws org.springframework.boot.diagnostics.FailureAnalyzedException if one is out of bounds; names it
     */
    ResyncSettings toSettings(ListenerSettings listeners) {
        if (!every.isZero()) {
            Check.between("triggerquery.resync.every", every, Duration.ofSeconds(1), Duration.ofDays(30));
        }
        Check.between("triggerquery.resync.rate", rate, 1, MAX_RATE);
        // never so many that they alone would pause the partitions
        long most = Math.max(1, listeners.engine().limits().maxPending() / SHARE_OF_PENDING);
        return new ResyncSettings(every, rate, (int) Math.min(MAX_OPEN, most), listeners.backOff());
    }
}

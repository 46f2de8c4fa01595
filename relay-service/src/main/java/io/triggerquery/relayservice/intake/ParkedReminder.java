package io.triggerquery.relayservice.intake;

import io.triggerquery.producer.internal.outbox.TriggerTable;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Logs every hour that triggers are parked, until none is. */
@Component
final class ParkedReminder {

    private static final Logger log = LoggerFactory.getLogger(ParkedReminder.class);

    private final TriggerTable table;

    ParkedReminder(TriggerTable table) {
        this.table = table;
    }

    @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    void remind() {
        long parked = table.backlog().parked();
        if (parked > 0) {
            log.error(
                    "{} triggers are parked and wait for an operator, who can unpark them; the first is {}",
                    parked,
                    table.list(1));
        }
    }
}

package io.triggerquery.producer.outbox;

import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at the table: passes over all lanes until none has more.
 *
 * <p>Threads: the relay's only. Bounds: it ends when the table is empty, nothing is due, or the relay stops. Failure:
 * never throws; when the database fails it is left alone for a growing pause.
 */
final class RelayRound {

    private static final Logger log = LoggerFactory.getLogger(RelayRound.class);

    private final OutboxTable table;
    private final Set<String> known;
    private final List<Lane> lanes;
    private final Gate database;
    private final Gate strayCheck;

    RelayRound(OutboxTable table, Set<String> known, List<Lane> lanes, Gate database, Gate strayCheck) {
        this.table = table;
        this.known = known;
        this.lanes = lanes;
        this.database = database;
        this.strayCheck = strayCheck;
    }

    void run(BooleanSupplier goOn) {
        if (!database.isDue()) {
            return;
        }
        try {
            boolean more = true;
            while (more) {
                more = passAll(goOn);
            }
            reportStrays();
            database.succeeded();
        } catch (RuntimeException | Error e) {
            // errors too: whatever gets out of here would end the schedule without a word
            reportFailure(e);
        }
    }

    private void reportFailure(Throwable e) {
        if (database.isOpen()) {
            log.warn("The outbox can't be worked, next try in {}", database.failed(), e);
        } else {
            // the stack was printed when the trouble began
            log.warn("The outbox still can't be worked, next try in {}: {}", database.failed(), e.toString());
        }
    }

    private boolean passAll(BooleanSupplier goOn) {
        boolean more = false;
        for (Lane lane : lanes) {
            more |= goOn.getAsBoolean() && lane.pass();
        }
        return more;
    }

    /** Rows of a destination that is no longer configured would otherwise wait unseen. */
    private void reportStrays() {
        if (strayCheck.isDue()) {
            // not again for about a minute
            strayCheck.blocked();
            for (String stray : table.strays(known)) {
                log.error(
                        "Triggers for {} wait because it has no topic here: set"
                                + " triggerquery.producer.destinations.NAME.topic",
                        LogSafe.of(stray));
            }
        }
    }
}

package io.triggerquery.producer.outbox;

import io.triggerquery.producer.outbox.Dispatch.Sent;
import io.triggerquery.producer.sending.SendOutcome;
import io.triggerquery.producer.sending.TriggerSender;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one destination's rows: claim, send, settle.
 *
 * <p>Threads: the relay's only. Bounds: one batch is claimed at a time, and a single row while the destination is in
 * trouble. Failure: a row leaves the table only after its trigger was acknowledged; whatever breaks in between is
 * mended by the end of its lease, at the price of a duplicate, which is harmless.
 */
final class Lane {

    /** How long a row that can't be sent is put aside. */
    static final Duration ASIDE = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(Lane.class);

    private final String destination;
    private final OutboxTable table;
    private final Dispatch dispatch;
    private final OutboxSettings settings;
    private final Gate gate;
    private final SendCounts counts;

    Lane(
            String destination,
            OutboxTable table,
            TriggerSender sender,
            OutboxSettings settings,
            Gate gate,
            SendCounts counts) {
        this.destination = destination;
        this.table = table;
        this.dispatch = new Dispatch(sender, settings.lease());
        this.settings = settings;
        this.gate = gate;
        this.counts = counts;
    }

    /** Sends a batch, if there is one and it is time. Returns whether more may be waiting. */
    boolean pass() {
        if (!gate.isDue()) {
            return false;
        }
        int limit = gate.isOpen() ? settings.batchSize() : 1;
        List<OutboxRow> rows = table.claim(destination, limit, settings.lease());
        if (rows.isEmpty()) {
            return false;
        }
        settle(dispatch.send(destination, rows));
        return rows.size() == limit && gate.isDue();
    }

    private void settle(Dispatch.Result result) {
        List<Sent> acknowledged = result.having(SendOutcome.Acknowledged.class);
        if (!acknowledged.isEmpty()) {
            settleAcknowledged(acknowledged);
        }
        List<Sent> refused = result.having(SendOutcome.Refused.class);
        if (!refused.isEmpty()) {
            settleRefused(refused);
        }
        List<Sent> unreachable = result.having(SendOutcome.Unreachable.class);
        if (!unreachable.isEmpty()) {
            settleUnreachable(unreachable);
        }
        List<Sent> blocked = result.having(SendOutcome.Blocked.class);
        if (!blocked.isEmpty()) {
            settleBlocked(blocked);
        }
        if (!result.unsent().isEmpty()) {
            table.release(result.unsent());
        }
    }

    private void settleAcknowledged(List<Sent> acknowledged) {
        if (!gate.isOpen()) {
            log.info("Triggers for {} are sent again", destination);
        }
        gate.succeeded();
        counts.sent(destination, acknowledged.size());
        table.delete(rowIds(acknowledged));
    }

    private void settleRefused(List<Sent> refused) {
        for (Sent sent : refused) {
            log.error(
                    "Trigger {} for {} can't be sent and is put aside for {}: {}",
                    LogSafe.of(sent.id()),
                    destination,
                    ASIDE,
                    sent.outcome());
        }
        counts.failed(destination, SendCounts.Reason.REFUSED, refused.size());
        table.putOff(rowIds(refused), ASIDE);
    }

    private void settleUnreachable(List<Sent> unreachable) {
        boolean first = gate.isOpen();
        Duration pause = gate.failed();
        if (first) {
            log.warn(
                    "Triggers for {} wait, one is tried from time to time: {}",
                    destination,
                    unreachable.get(0).outcome());
        }
        counts.failed(destination, SendCounts.Reason.UNREACHABLE, unreachable.size());
        // put off, so that the next attempt takes another row: perhaps only this one's partition is away
        table.putOff(rowIds(unreachable), pause);
    }

    private void settleBlocked(List<Sent> blocked) {
        gate.blocked();
        log.error(
                "Triggers for {} wait until somebody acts, {} is among them: {}",
                destination,
                LogSafe.of(blocked.get(0).id()),
                blocked.get(0).outcome());
        counts.failed(destination, SendCounts.Reason.BLOCKED, blocked.size());
        table.release(rowIds(blocked));
    }

    private static List<Long> rowIds(List<Sent> sent) {
        return sent.stream().flatMap(s -> s.rowIds().stream()).toList();
    }
}

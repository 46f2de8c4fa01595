package io.triggerquery.producer.relay;

import io.triggerquery.producer.relay.Delivery.Sent;
import io.triggerquery.producer.relay.RelayListener.Reason;
import io.triggerquery.producer.sending.LogSafe;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of a destination's trouble: a line when it begins and when it ends, an alarm once for each outage.
 *
 * <p>Threads: the relay's only.
 */
final class Outage {

    /** A single failure is a blip. */
    private static final int FAILURES_TO_TELL = 2;

    private static final Logger log = LoggerFactory.getLogger(Outage.class);

    private final String destination;
    private final Gate gate;
    private final RelayListener listener;
    private boolean told;

    Outage(String destination, Gate gate, RelayListener listener) {
        this.destination = destination;
        this.gate = gate;
        this.listener = listener;
    }

    /** To be called before the gate hears of it. */
    void sent(int triggers) {
        if (gate.failures() > 0) {
            log.info("Triggers for {} are sent again", destination);
        }
        listener.sent(destination, triggers);
        if (told) {
            told = false;
            listener.recovered(destination, gate.failingFor());
        }
    }

    /** To be called after the gate has heard of it. */
    void unreachable(List<Sent> unreachable) {
        String cause = unreachable.get(0).outcome().toString();
        if (gate.failures() == 1) {
            log.warn("Triggers for {} wait, one is tried from time to time: {}", destination, cause);
        }
        listener.failed(destination, Reason.UNREACHABLE, unreachable.size());
        if (gate.failures() >= FAILURES_TO_TELL) {
            tell(cause);
        }
    }

    void blocked(List<Sent> blocked) {
        String cause = blocked.get(0).outcome().toString();
        log.error(
                "Triggers for {} wait until somebody acts, {} is among them: {}",
                destination,
                LogSafe.of(blocked.get(0).trigger().id()),
                cause);
        listener.failed(destination, Reason.BLOCKED, blocked.size());
        tell(cause);
    }

    void refused(List<Sent> refused) {
        for (Sent sent : refused) {
            log.error(
                    "Trigger {} for {} can't be sent and is parked until somebody acts: {}",
                    LogSafe.of(sent.trigger().id()),
                    destination,
                    sent.outcome());
        }
        listener.failed(destination, Reason.REFUSED, refused.size());
        listener.parked(destination, refused.size(), refused.get(0).outcome().toString());
    }

    private void tell(String cause) {
        if (!told) {
            told = true;
            listener.outage(destination, cause);
        }
    }
}

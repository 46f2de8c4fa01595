package io.triggerquery.producer.internal.handoff;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the triggers of one transaction for one buffer, prepares them before the commit and passes them on after
 * it.
 *
 * <p>Threads: that of the transaction.
 */
final class HandOff {

    private static final Logger log = LoggerFactory.getLogger(HandOff.class);

    private final TriggerBuffer buffer;
    private final Map<OutgoingTrigger.Key, OutgoingTrigger> collected = new LinkedHashMap<>();
    private final List<TriggerBuffer.Prepared> prepared = new ArrayList<>(1);

    HandOff(TriggerBuffer buffer) {
        this.buffer = buffer;
    }

    /**
     * Adds a trigger. Prepares it at once if the commit was requested, because {@link #prepare} is not called again.
     */
    void add(OutgoingTrigger trigger, boolean commitRequested) {
        if (commitRequested) {
            prepared.add(buffer.prepare(List.of(trigger)));
        } else {
            collected.merge(trigger.key(), trigger, (one, other) -> one.merge(other.version()));
        }
    }

    /** Prepares the collected triggers before the commit. An exception rolls the transaction back. */
    void prepare() {
        List<OutgoingTrigger> triggers = drain();
        if (!triggers.isEmpty()) {
            prepared.add(buffer.prepare(triggers));
        }
    }

    /** Passes the triggers on after the end of the transaction. Does not throw. */
    void handOver(boolean committed) {
        prepared.forEach(one -> attempt(() -> one.ended(committed)));
        List<OutgoingTrigger> triggers = drain();
        if (!triggers.isEmpty()) {
            attempt(() ->
                    RejectedException.throwIf(committed ? buffer.keep(triggers) : buffer.acceptInDoubt(triggers)));
        }
    }

    private static void attempt(Runnable handOver) {
        try {
            handOver.run();
        } catch (RuntimeException e) {
            // the transaction has ended, so no caller could handle it
            log.error("Triggers could not be kept after the end of their transaction", e);
        }
    }

    private List<OutgoingTrigger> drain() {
        List<OutgoingTrigger> triggers = List.copyOf(collected.values());
        collected.clear();
        return triggers;
    }
}

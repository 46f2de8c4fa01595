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
 * <p>Threads: the transaction's.
 */
final class HandOff {

    private static final Logger log = LoggerFactory.getLogger(HandOff.class);

    private final TriggerBuffer buffer;
    private final Map<OutgoingTrigger.Key, OutgoingTrigger> collected = new LinkedHashMap<>();
    private final List<TriggerBuffer.Prepared> prepared = new ArrayList<>(1);

    HandOff(TriggerBuffer buffer) {
        this.buffer = buffer;
    }

    /** Adds one; once the commit was asked for there is no later moment to prepare it. */
    void add(OutgoingTrigger trigger, boolean commitIsAskedFor) {
        if (commitIsAskedFor) {
            prepared.add(buffer.prepare(List.of(trigger)));
        } else {
            collected.merge(trigger.key(), trigger, (one, other) -> one.merge(other.version()));
        }
    }

    /** The commit is asked for. What this throws rolls the transaction back. */
    void prepare() {
        List<OutgoingTrigger> triggers = taken();
        if (!triggers.isEmpty()) {
            prepared.add(buffer.prepare(triggers));
        }
    }

    /** The transaction has ended; does not throw. */
    void handOver(boolean committed) {
        prepared.forEach(one -> attempt(() -> one.ended(committed)));
        List<OutgoingTrigger> rest = taken();
        if (!rest.isEmpty()) {
            attempt(() -> RejectedException.throwIf(committed ? buffer.keep(rest) : buffer.acceptInDoubt(rest)));
        }
    }

    private static void attempt(Runnable handOver) {
        try {
            handOver.run();
        } catch (RuntimeException e) {
            // nobody could do anything about it any more: the transaction has ended
            log.error("Triggers could not be handed over after their transaction", e);
        }
    }

    private List<OutgoingTrigger> taken() {
        List<OutgoingTrigger> taken = List.copyOf(collected.values());
        collected.clear();
        return taken;
    }
}

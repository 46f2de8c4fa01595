package io.triggerquery.producer.internal.handoff;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.report.UndeliveredReport;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers triggers to several buffers in turn until one accepts them, and reports those that none accepts.
 *
 * <p>A buffer that accepts only some of the triggers rejects all of them. The next buffer then keeps all of them, and
 * some may be sent twice, which is harmless.
 *
 * <p>Threads: any. Failure: a buffer that throws instead of rejecting counts as one that rejects. {@link #prepare}
 * throws the last buffer's exception if all of them throw; the transaction then rolls back, and there is nothing to
 * report.
 */
public final class FallbackBuffer implements TriggerBuffer {

    private static final Logger log = LoggerFactory.getLogger(FallbackBuffer.class);

    private final List<TriggerBuffer> chain;
    private final UndeliveredReport report;

    /**
     * Creates a buffer over others.
     *
     * @param chain the buffers in the order in which they are tried, at least one
     */
    public FallbackBuffer(List<TriggerBuffer> chain, UndeliveredReport report) {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a chain of buffers must not be empty");
        }
        this.chain = List.copyOf(chain);
        this.report = report;
    }

    @Override
    public Receipt keep(List<OutgoingTrigger> triggers) {
        return keep(triggers, true, chain, new Receipt.Rejected("no buffer was tried"));
    }

    @Override
    public Receipt acceptInDoubt(List<OutgoingTrigger> triggers) {
        return keep(triggers, false, chain, new Receipt.Rejected("no buffer was tried"));
    }

    private Receipt keep(
            List<OutgoingTrigger> triggers, boolean committed, List<TriggerBuffer> buffers, Receipt.Rejected initial) {
        Receipt.Rejected last = initial;
        for (TriggerBuffer buffer : buffers) {
            Receipt receipt = offer(buffer, triggers, committed);
            if (!(receipt instanceof Receipt.Rejected rejected)) {
                return receipt;
            }
            last = rejected;
        }
        report.rejected(triggers, last.reason());
        return last;
    }

    private static Receipt offer(TriggerBuffer buffer, List<OutgoingTrigger> triggers, boolean committed) {
        try {
            return committed ? buffer.keep(triggers) : buffer.acceptInDoubt(triggers);
        } catch (RuntimeException e) {
            log.error("A trigger buffer threw an exception instead of rejecting triggers; the next one is tried", e);
            return new Receipt.Rejected("the buffer failed; see the log");
        }
    }

    /**
     * Prepares the triggers with the first buffer that does not throw. That buffer also handles the end of the
     * transaction; if it fails then, the buffers after it are tried.
     */
    @Override
    public Prepared prepare(List<OutgoingTrigger> triggers) {
        RuntimeException last = null;
        for (int n = 0; n < chain.size(); n++) {
            try {
                Prepared prepared = chain.get(n).prepare(triggers);
                List<TriggerBuffer> fallbacks = chain.subList(n + 1, chain.size());
                return committed -> handOver(prepared, committed, triggers, fallbacks);
            } catch (RuntimeException e) {
                log.warn(
                        "Triggers could not be prepared before the commit; the next strategy is tried: {}",
                        e.toString());
                last = e;
            }
        }
        throw last;
    }

    private void handOver(
            Prepared prepared, boolean committed, List<OutgoingTrigger> triggers, List<TriggerBuffer> fallbacks) {
        try {
            prepared.ended(committed);
        } catch (RuntimeException e) {
            log.warn(
                    "Prepared triggers could not be kept after the commit; the next strategy is tried: {}",
                    e.toString());
            keep(triggers, committed, fallbacks, new Receipt.Rejected(String.valueOf(e.getMessage())));
        }
    }
}

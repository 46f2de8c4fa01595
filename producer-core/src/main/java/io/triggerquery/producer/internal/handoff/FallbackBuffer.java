package io.triggerquery.producer.internal.handoff;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.report.UndeliveredReport;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks several buffers in turn until one accepts; what none accepts is reported.
 *
 * <p>A keeper that accepts a part of what it is given rejects all of it, so that part may be sent twice, which is
 * harmless.
 *
 * <p>Threads: any. Failure: a keeper that throws where it should not counts as one that rejects. {@link #prepare} throws
 * what the last keeper has thrown if each of them did; then the transaction is rolled back and there is nothing to
 * report.
 */
public final class FallbackBuffer implements TriggerBuffer {

    private static final Logger log = LoggerFactory.getLogger(FallbackBuffer.class);

    private final List<TriggerBuffer> chain;
    private final UndeliveredReport report;

    /**
     * Asks these.
     *
     * @param chain the keepers in the order in which they are asked, at least one
     */
    public FallbackBuffer(List<TriggerBuffer> chain, UndeliveredReport report) {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a chain of keepers has at least one");
        }
        this.chain = List.copyOf(chain);
        this.report = report;
    }

    @Override
    public Receipt keep(List<OutgoingTrigger> triggers) {
        return keep(triggers, true, chain, new Receipt.Rejected("nobody was asked"));
    }

    @Override
    public Receipt acceptInDoubt(List<OutgoingTrigger> triggers) {
        return keep(triggers, false, chain, new Receipt.Rejected("nobody was asked"));
    }

    private Receipt keep(List<OutgoingTrigger> triggers, boolean committed, List<TriggerBuffer> buffers, Receipt.Rejected before) {
        Receipt.Rejected last = before;
        for (TriggerBuffer buffer : buffers) {
            Receipt receipt = ask(buffer, triggers, committed);
            if (!(receipt instanceof Receipt.Rejected rejected)) {
                return receipt;
            }
            last = rejected;
        }
        report.rejected(triggers, last.reason());
        return last;
    }

    private static Receipt ask(TriggerBuffer buffer, List<OutgoingTrigger> triggers, boolean committed) {
        try {
            return committed ? buffer.keep(triggers) : buffer.acceptInDoubt(triggers);
        } catch (RuntimeException e) {
            log.error("A keeper has failed instead of rejecting", e);
            return new Receipt.Rejected("the keeper failed, see the log");
        }
    }

    /**
     * What is returned goes on with the keeper that has prepared, for only that one knows what it has written; if it fails
     * then, those after it are asked.
     */
    @Override
    public Prepared prepare(List<OutgoingTrigger> triggers) {
        RuntimeException last = null;
        for (int n = 0; n < chain.size(); n++) {
            try {
                Prepared prepared = chain.get(n).prepare(triggers);
                List<TriggerBuffer> rest = chain.subList(n + 1, chain.size());
                return committed -> handOver(prepared, committed, triggers, rest);
            } catch (RuntimeException e) {
                log.warn("Triggers could not be prepared before their commit, the next way is tried: {}", e.toString());
                last = e;
            }
        }
        throw last;
    }

    private void handOver(Prepared prepared, boolean committed, List<OutgoingTrigger> triggers, List<TriggerBuffer> rest) {
        try {
            prepared.ended(committed);
        } catch (RuntimeException e) {
            log.warn("Triggers that were prepared are not kept, the next way is tried: {}", e.toString());
            keep(triggers, committed, rest, new Receipt.Rejected(String.valueOf(e.getMessage())));
        }
    }
}

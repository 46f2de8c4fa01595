package io.triggerquery.ctl.source;

import io.triggerquery.producer.internal.relay.Claimed;
import java.util.List;

/** Triggers on their way out of a source. Each batch taken is answered for by the other methods. */
public interface SendBatch extends AutoCloseable {

    /** Takes up to so many ids, each with all of its entries that are at hand; empty if there are no more. */
    List<Claimed> next(String destination, int ids);

    /** Kafka has them. */
    void sent(List<Claimed> entries);

    /** Kafka will never take them. */
    void refused(List<Claimed> entries, String reason);

    /** They are still to be sent; the next batch begins with them. */
    void left(List<Claimed> entries);

    /** Gives back what was taken and not sent. */
    @Override
    default void close() {}
}

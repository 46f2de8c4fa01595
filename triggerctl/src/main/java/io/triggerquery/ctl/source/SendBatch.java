package io.triggerquery.ctl.source;

import io.triggerquery.producer.internal.relay.Claimed;
import java.util.List;

/** Takes triggers out of a source in batches. Each taken trigger is passed to one of the other methods. */
public interface SendBatch extends AutoCloseable {

    /** Takes up to a number of ids, each with all of its claimed entries; empty if there are no more. */
    List<Claimed> next(String destination, int ids);

    /** Deletes entries that Kafka has. */
    void sent(List<Claimed> entries);

    /** Parks entries that Kafka refused. */
    void refused(List<Claimed> entries, String reason);

    /** Puts entries back that were not sent. The next batch begins with them. */
    void putBack(List<Claimed> entries);

    /** Releases the entries that were taken and not sent. */
    @Override
    default void close() {}
}

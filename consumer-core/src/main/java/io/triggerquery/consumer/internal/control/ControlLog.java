package io.triggerquery.consumer.internal.control;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The control topic, for what writes to it. */
public interface ControlLog {

    /**
     * A record of the control topic.
     *
     * @param offset its offset
     * @param brokerTime when the broker appended it, in milliseconds since the epoch, or -1 if the topic does not keep
     *     that
     * @param key its key, or null
     * @param value its value, or null if it deletes the key
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Record(long offset, long brokerTime, byte @Nullable [] key, byte @Nullable [] value) {}

    /** Returns the name of the topic. */
    String topic();

    /** Returns why the topic is not used, as the end of a sentence, or null if it is. */
    @Nullable
    String unavailable();

    /**
     * Sends a record. It may wait a few seconds for the broker's metadata.
     *
     * @param value the value, or null to delete the key
     * @return completes with the offset when all in-sync replicas have the record, or exceptionally after a few seconds
     */
    CompletableFuture<Long> send(byte[] key, byte @Nullable [] value);
}

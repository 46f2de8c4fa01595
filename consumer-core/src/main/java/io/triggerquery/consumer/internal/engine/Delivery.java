package io.triggerquery.consumer.internal.engine;

import org.apache.kafka.common.TopicPartition;

/**
 * One arrival of a message.
 *
 * @param partition the partition of the message
 * @param offset the offset of the message
 * @param work the requested work
 * @param bytes its approximate size in memory
 * @param acknowledge commits everything in its partition up to and including this offset; must neither block nor throw
 */
public record Delivery(TopicPartition partition, long offset, Work work, int bytes, Runnable acknowledge) {

    /** Notifies a listener of the arrival of each of its parts. */
    void sendReceived(EngineListener listener) {
        if (work instanceof Work.Several several) {
            several.parts().forEach(part -> listener.received(partition, part));
        } else {
            listener.received(partition, work);
            if (work instanceof Work.Ignored) {
                listener.ignored();
            }
        }
    }
}

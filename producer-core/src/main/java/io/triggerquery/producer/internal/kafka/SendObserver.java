package io.triggerquery.producer.internal.kafka;

import io.triggerquery.producer.internal.sending.SendOutcome;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Is notified of each send.
 *
 * <p>Threads: that of the send; the outcome on any. Failure: must not throw.
 */
@FunctionalInterface
public interface SendObserver {

    /** Does nothing. */
    SendObserver NONE = (destination, record) -> outcome -> {};

    /**
     * A trigger is about to be sent.
     *
     * @param record its record, to which headers may be added
     * @return receives the outcome
     */
    Consumer<SendOutcome> sending(String destination, ProducerRecord<String, String> record);
}

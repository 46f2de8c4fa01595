package io.triggerquery.consumer.kafka;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.engine.Outlets;
import io.triggerquery.consumer.engine.Past;

/** Writes to a listener's retry topic and dead-letter topic. */
final class KafkaOutlets implements Outlets {

    private final String retryTopic;

    KafkaOutlets(String retryTopic) {
        this.retryTopic = retryTopic;
    }

    @Override
    public String retryTopic() {
        return retryTopic;
    }

    @Override
    public void park(Trigger trigger, Past past) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void bury(Trigger trigger, Throwable cause) {
        throw new UnsupportedOperationException();
    }
}

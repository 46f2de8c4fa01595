package io.triggerquery.bench.engine;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.engine.Outlets;
import io.triggerquery.consumer.engine.Past;

/** Nothing fails here, so nothing is put aside. */
final class NoOutlets implements Outlets {

    @Override
    public String retryTopic() {
        return "triggers-retry";
    }

    @Override
    public void park(Trigger trigger, Past past) {
        throw new IllegalStateException(trigger.id() + " has failed");
    }

    @Override
    public void bury(Trigger trigger, Throwable cause) {
        throw new IllegalStateException(trigger.id() + " has failed", cause);
    }
}

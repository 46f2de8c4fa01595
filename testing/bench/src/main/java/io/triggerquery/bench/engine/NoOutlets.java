package io.triggerquery.bench.engine;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.engine.Outlets;
import java.util.List;

/** Nothing fails here, so nothing is put aside. */
final class NoOutlets implements Outlets {

    @Override
    public String retryTopic() {
        return "triggers-retry";
    }

    @Override
    public void park(List<Parked> triggers) {
        throw new IllegalStateException(triggers + " have failed");
    }

    @Override
    public void bury(Trigger trigger, Throwable cause) {
        throw new IllegalStateException(trigger.id() + " has failed", cause);
    }
}

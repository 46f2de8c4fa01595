package io.triggerquery.bench.engine;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.FailureSinks;
import java.util.List;

/** Nothing fails here, so nothing is put aside. */
final class NoOutlets implements FailureSinks {

    @Override
    public String retryTopic() {
        return "triggers-retry";
    }

    @Override
    public void defer(List<Deferred> triggers) {
        throw new IllegalStateException(triggers + " have failed");
    }

    @Override
    public void deadLetter(Trigger trigger, Throwable cause) {
        throw new IllegalStateException(trigger.id() + " has failed", cause);
    }
}

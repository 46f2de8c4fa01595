package io.triggerquery.bench.engine;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.FailureSinks;
import java.util.List;

/** Failure sinks that are never used, since nothing fails here. */
final class NoFailureSinks implements FailureSinks {

    @Override
    public String retryTopic() {
        return "triggers-retry";
    }

    @Override
    public void defer(List<Deferred> triggers) {
        throw new IllegalStateException(triggers + " have failed, but no id should");
    }

    @Override
    public void deadLetter(Trigger trigger, Throwable cause) {
        throw new IllegalStateException(trigger.id() + " has failed, but no id should", cause);
    }
}

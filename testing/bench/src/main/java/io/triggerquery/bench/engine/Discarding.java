package io.triggerquery.bench.engine;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.Projection;
import java.util.List;

/** A projection without costs. */
final class Discarding implements Projection<String> {

    @Override
    public boolean takesMany() {
        return true;
    }

    @Override
    public void apply(List<Snapshot<String>> snapshots, List<Trigger> triggers) {}
}

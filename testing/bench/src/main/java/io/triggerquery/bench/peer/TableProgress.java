package io.triggerquery.bench.peer;

import io.triggerquery.bench.id.PaymentIds;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.internal.metrics.ObservedListener;
import io.triggerquery.consumer.internal.metrics.ObserverFactory;
import java.util.List;

/** Counts what a ready-made projection has written; other listeners of the bench count themselves. */
record TableProgress(Progress progress) implements ObserverFactory {

    @Override
    public EngineListener observe(ObservedListener listener) {
        return new EngineListener() {};
    }

    @Override
    public <S> Projection<S> wrap(ObservedListener listener, Projection<S> projection) {
        return new Projection<>() {
            @Override
            public boolean takesMany() {
                return projection.takesMany();
            }

            @Override
            public void apply(List<Snapshot<S>> snapshots, List<Trigger> triggers) throws Exception {
                projection.apply(snapshots, triggers);
                snapshots.forEach(snapshot -> progress.projected(PaymentIds.number(snapshot.id())));
            }
        };
    }
}

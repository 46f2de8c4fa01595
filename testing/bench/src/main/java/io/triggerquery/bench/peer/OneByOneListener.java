package io.triggerquery.bench.peer;

import io.triggerquery.consumer.TriggerQueryListener;

/** A user's listener whose source is queried for one id at a time. */
final class OneByOneListener {

    private final Projection projection;
    private final Progress progress;

    OneByOneListener(Projection projection, Progress progress) {
        this.projection = projection;
        this.progress = progress;
    }

    @TriggerQueryListener(topics = "${topic}", source = BillingSource.class)
    void project(Billing billing) {
        projection.project(billing);
        progress.projected(billing);
    }
}

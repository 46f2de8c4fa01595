package io.triggerquery.bench.peer;

import io.triggerquery.consumer.TriggerQueryListener;
import java.util.List;

/** A user's listener whose source can be queried for many ids. */
final class ByIdsListener {

    private final Projection projection;
    private final Progress progress;

    ByIdsListener(Projection projection, Progress progress) {
        this.projection = projection;
        this.progress = progress;
    }

    @TriggerQueryListener(topics = "${topic}", source = BillingsSource.class)
    void project(List<Billing> billings) {
        projection.project(billings);
        billings.forEach(progress::projected);
    }
}

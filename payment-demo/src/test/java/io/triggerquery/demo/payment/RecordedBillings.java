package io.triggerquery.demo.payment;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.projection.TableProjection;
import java.util.List;

/** Projects billings as a round of the listener does. */
final class RecordedBillings {

    private RecordedBillings() {}

    static void project(TableProjection<Billing> projection, List<Billing> billings) {
        projection.apply(billings.stream()
                .map(billing -> Snapshot.found(billing.paymentId(), billing, billing.version()))
                .toList());
    }
}

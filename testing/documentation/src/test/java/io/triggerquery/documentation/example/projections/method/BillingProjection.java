package io.triggerquery.documentation.example.projections.method;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.projection.TableProjection;
import java.util.List;
import org.springframework.transaction.annotation.Transactional;

class BillingProjection {

    /** Counts what was written. */
    interface Audit {
        void record(int billings);
    }

    private final TableProjection<Billing> table;
    private final Audit audit;

    BillingProjection(TableProjection<Billing> table, Audit audit) {
        this.table = table;
        this.audit = audit;
    }

    @TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
    @Transactional
    public void project(List<Snapshot<Billing>> billings) {
        table.apply(billings);
        audit.record(billings.size());
    }
}

package io.triggerquery.documentation.example.migration;

import io.triggerquery.consumer.TriggerQueryListener;
import java.util.List;

class BillingProjection {

    private final BillingTable table;

    BillingProjection(BillingTable table) {
        this.table = table;
    }

    @TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
    void project(List<Billing> billings) {
        billings.forEach(table::store);
    }
}

package io.triggerquery.documentation.example.ids;

import io.triggerquery.consumer.TriggerQueryListener;
import java.util.ArrayList;
import java.util.List;

/** Listeners of topics whose records have the id in different places. */
final class BillingListeners {

    private BillingListeners() {}

    /** The settings say where the id is. */
    static final class AnyPlace {

        final List<Billing> copy = new ArrayList<>();

        @TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
        void project(Billing billing) {
            copy.add(billing);
        }
    }

    static final class FromJson {

        final List<Billing> copy = new ArrayList<>();

        @TriggerQueryListener(
                topics = "billing.billing-changed",
                source = BillingSource.class,
                idFrom = "json:/payment/id",
                versionFrom = "json:/payment/version")
        void project(Billing billing) {
            copy.add(billing);
        }
    }

    static final class FromLines {

        final List<Billing> copy = new ArrayList<>();

        @TriggerQueryListener(
                topics = "billing.billing-changed",
                source = BillingSource.class,
                decoder = "billingLines")
        void project(Billing billing) {
            copy.add(billing);
        }
    }
}

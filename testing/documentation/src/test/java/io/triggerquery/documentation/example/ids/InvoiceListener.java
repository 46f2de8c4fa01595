package io.triggerquery.documentation.example.ids;

import io.triggerquery.consumer.TriggerQueryListener;

final class InvoiceListener {

    @TriggerQueryListener(topics = "invoices", source = InvoiceSource.class, idFrom = "key")
    void project(Invoice invoice) {}
}

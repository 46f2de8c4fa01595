package com.example.payments;

import io.triggerquery.consumer.TriggerQueryListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The payments that have no bill yet. */
@Component
class Reminders {

    private final JdbcClient jdbc;

    Reminders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @TriggerQueryListener(
            id = "reminders",
            topics = "billing.billing-changed",
            groupId = "payments-reminders",
            source = BillingSource.class)
    void project(Billing billing) {
        // a bill is never taken back, so an older state can only leave a reminder that a newer one deletes
        String sql = billing.billId() == null
                ? "merge into reminder (payment_id) key (payment_id) values (?)"
                : "delete from reminder where payment_id = ?";
        jdbc.sql(sql).param(billing.paymentId()).update();
    }
}

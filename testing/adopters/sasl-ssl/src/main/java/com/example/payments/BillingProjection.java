package com.example.payments;

import io.triggerquery.consumer.TriggerQueryListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class BillingProjection {

    private final JdbcClient jdbc;

    BillingProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
    void project(Billing billing) {
        jdbc.sql("""
                merge into billing b
                using (values (cast(:paymentId as varchar), cast(:billId as varchar), cast(:version as bigint)))
                      as s (payment_id, bill_id, version)
                   on b.payment_id = s.payment_id
                when matched and b.version < s.version then
                    update set bill_id = s.bill_id, version = s.version
                when not matched then
                    insert (payment_id, bill_id, version) values (s.payment_id, s.bill_id, s.version)
                """).paramSource(billing).update();
    }
}

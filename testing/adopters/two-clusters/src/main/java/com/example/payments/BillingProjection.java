package com.example.payments;

import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.producer.TriggerPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
class BillingProjection {

    private final JdbcClient jdbc;
    private final TriggerPublisher triggers;

    BillingProjection(JdbcClient jdbc, TriggerPublisher triggers) {
        this.jdbc = jdbc;
        this.triggers = triggers;
    }

    @Transactional
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
        triggers.publish("payment-changed", billing.paymentId());
    }
}

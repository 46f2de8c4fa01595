package io.triggerquery.documentation.example.consumer;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.TriggerQueryListener;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

class BillingProjection {

    private final JdbcClient jdbc;

    BillingProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional
    @TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
    public void project(List<Snapshot<Billing>> snapshots) {
        snapshots.forEach(snapshot -> {
            if (snapshot instanceof Snapshot.Found<Billing> found) {
                jdbc.sql("""
                                insert into billing (payment_id, billed, bill_id, version)
                                values (:paymentId, :billed, :billId, :version)
                                on conflict (payment_id) do update
                                   set billed = excluded.billed, bill_id = excluded.bill_id, version = excluded.version
                                 where billing.version < excluded.version
                                """).paramSource(found.state()).update();
            } else {
                // the row remains as a tombstone
                jdbc.sql("""
                                insert into billing (payment_id, version) values (:id, :version)
                                on conflict (payment_id) do update
                                   set billed = null, bill_id = null,
                                       version = greatest(billing.version, excluded.version)
                                 where excluded.version in (-1, greatest(billing.version, excluded.version))
                                """)
                        .param("id", snapshot.id())
                        .param("version", snapshot.version().orElse(-1))
                        .update();
            }
        });
    }
}

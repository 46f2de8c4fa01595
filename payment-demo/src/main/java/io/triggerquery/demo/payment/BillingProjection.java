package io.triggerquery.demo.payment;

import io.triggerquery.consumer.TriggerQueryListener;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Projects billing states into the table that the search reads. */
@Component
final class BillingProjection {

    // One statement is one transaction. It compares the versions itself, so an older answer never overwrites a
    // newer one, whichever thread or instance brings it.
    private static final String UPSERT = """
            insert into payment_billing
                   (payment_id, billed, bill_id, billed_at, amount, currency, version, applied_at)
            values (:paymentId, :billed, :billId, :billedAt, :amount, :currency, :version, now())
            on conflict (payment_id) do update
               set billed = excluded.billed,
                   bill_id = excluded.bill_id,
                   billed_at = excluded.billed_at,
                   amount = excluded.amount,
                   currency = excluded.currency,
                   version = excluded.version,
                   applied_at = excluded.applied_at
             where payment_billing.version < excluded.version
            """;

    private final JdbcClient jdbc;

    BillingProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @TriggerQueryListener(topic = "billing.billing-changed", source = BillingSource.class)
    void project(Billing billing) {
        Instant billedAt = billing.billedAt();
        jdbc.sql(UPSERT)
                .param("paymentId", billing.paymentId())
                .param("billed", billing.billed())
                .param("billId", billing.billId())
                .param(
                        "billedAt",
                        billedAt == null ? null : billedAt.atOffset(ZoneOffset.UTC),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param("amount", billing.amount())
                .param("currency", billing.currency())
                .param("version", billing.version())
                .update();
    }
}

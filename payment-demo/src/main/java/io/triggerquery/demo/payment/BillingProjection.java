package io.triggerquery.demo.payment;

import io.triggerquery.consumer.TriggerQueryListener;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Projects billing states into the table that the search reads. */
@Component
final class BillingProjection {

    /** The topic, which is also the id of the listener. */
    static final String LISTENER = "billing.billing-changed";

    // The statement compares the versions, so an older state never overwrites a newer one, from any thread or
    // instance.
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

    private final NamedParameterJdbcOperations jdbc;
    private final TransactionTemplate transaction;

    BillingProjection(NamedParameterJdbcOperations jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @TriggerQueryListener(topics = LISTENER, source = BillingSource.class)
    void project(List<Billing> billings) {
        SqlParameterSource[] rows = billings.stream()
                .sorted(Comparator.comparing(Billing::paymentId)) // so that two instances lock rows in the same order
                .map(BillingProjection::row)
                .toArray(SqlParameterSource[]::new);
        transaction.executeWithoutResult(status -> jdbc.batchUpdate(UPSERT, rows));
    }

    private static SqlParameterSource row(Billing billing) {
        Instant billedAt = billing.billedAt();
        return new MapSqlParameterSource()
                .addValue("paymentId", billing.paymentId())
                .addValue("billed", billing.billed())
                .addValue("billId", billing.billId())
                .addValue(
                        "billedAt",
                        billedAt == null ? null : billedAt.atOffset(ZoneOffset.UTC),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .addValue("amount", billing.amount())
                .addValue("currency", billing.currency())
                .addValue("version", billing.version());
    }
}

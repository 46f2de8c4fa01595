package io.triggerquery.demo.billing;

import io.triggerquery.consumer.TriggerQueryListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Projects payments into the table of items to bill. */
@Component
final class PaymentProjection {

    /** The topic, which is also the id of the listener. */
    static final String LISTENER = "payment.payment-changed";

    // The statement compares the version, so an older state that arrives late changes nothing.
    // It writes the payment's own columns only: a bill that is issued at the same time keeps its mark.
    private static final String UPSERT = """
            insert into billing (payment_id, payer, amount, currency, payment_version, billed, version)
            values (:id, :payer, :amount, :currency, :version, false, 1)
            on conflict (payment_id) do update
               set payer = excluded.payer,
                   amount = excluded.amount,
                   currency = excluded.currency,
                   payment_version = excluded.payment_version,
                   version = billing.version + 1
             where billing.payment_version < excluded.payment_version
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final BillingChanged billingChanged;

    PaymentProjection(JdbcClient jdbc, TransactionTemplate transaction, BillingChanged billingChanged) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.billingChanged = billingChanged;
    }

    @TriggerQueryListener(topics = LISTENER, source = PaymentSource.class)
    void project(Payment payment) {
        transaction.executeWithoutResult(status -> {
            int changed = jdbc.sql(UPSERT).paramSource(payment).update();
            if (changed > 0) {
                billingChanged.publish(payment.id());
            }
        });
    }
}

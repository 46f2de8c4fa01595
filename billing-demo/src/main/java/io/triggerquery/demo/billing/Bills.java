package io.triggerquery.demo.billing;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Issues and voids bills, each in one transaction with its triggers.
 *
 * <p>Threads: any. One statement changes the rows and increments their version. No row is read into Java and written
 * back, so a payment that is projected at the same time is not overwritten.
 */
@Component
final class Bills {

    /** The issued bill, or none if there was nothing to bill, and the number of its payments. */
    record Issued(@Nullable String billId, int count) {}

    /** A voided bill and the number of payments that became unbilled; zero if it was voided before. */
    record Voided(String billId, int count) {}

    // Both calls change many rows in no particular order; the lock runs them one after the other, without deadlocks.
    private static final String ONE_AT_A_TIME = "lock table bill in share row exclusive mode";

    private static final String ISSUE = """
            with billed as (
                update billing
                   set billed = true, bill_id = :billId, billed_at = now(), version = version + 1
                 where not billed
                returning payment_id),
            issued as (
                insert into bill (id, month, issued_at)
                select :billId, :month, now() where exists (select from billed))
            select payment_id from billed
            """;

    private static final String VOID = """
            with voided as (
                update bill set voided_at = now() where id = :billId and voided_at is null
                returning id)
            update billing
               set billed = false, bill_id = null, billed_at = null, version = version + 1
              from voided
             where bill_id = voided.id
            returning payment_id
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final BillingChanged billingChanged;

    Bills(JdbcClient jdbc, TransactionTemplate transaction, BillingChanged billingChanged) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.billingChanged = billingChanged;
    }

    Issued issue(String month) {
        String billId = "bill-" + month + "-" + UUID.randomUUID().toString().substring(24);
        int count = change(jdbc.sql(ISSUE).param("billId", billId).param("month", month));
        return new Issued(count == 0 ? null : billId, count);
    }

    Voided voidBill(String billId) {
        return new Voided(billId, change(jdbc.sql(VOID).param("billId", billId)));
    }

    boolean exists(String billId) {
        return jdbc.sql("select exists (select from bill where id = :id)")
                .param("id", billId)
                .query(Boolean.class)
                .single();
    }

    private int change(JdbcClient.StatementSpec statement) {
        return transaction.execute(status -> {
            jdbc.sql(ONE_AT_A_TIME).update();
            List<String> paymentIds = statement.query(String.class).list();
            billingChanged.publish(paymentIds);
            return paymentIds.size();
        });
    }
}

package io.triggerquery.demo.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigDecimal;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BillingTest
class PaymentProjectionIT {

    @Autowired
    PaymentProjection projection;

    @Autowired
    BillingController billings;

    @Autowired
    Bills bills;

    @Autowired
    RecordedTriggers triggers;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void empty() {
        jdbc.sql("truncate billing, bill").update();
        triggers.drain();
    }

    @Test
    void newPaymentIsUnbilledAndPublishesATrigger() {
        projection.project(payment("10.00", 1));

        Billing billing = billings.one("pay-1");
        assertThat(billing.billed()).isFalse();
        assertThat(billing.amount()).isEqualByComparingTo("10.00");
        assertThat(billing.version()).isEqualTo(1);
        assertThat(triggers.drain()).containsExactly("billing-changed pay-1");
    }

    @Test
    void sameVersionChangesNothing() {
        projection.project(payment("10.00", 1));
        triggers.drain();

        projection.project(payment("10.00", 1));

        assertThat(billings.one("pay-1").version()).isEqualTo(1);
        assertThat(triggers.drain()).isEmpty();
    }

    @Test
    void olderVersionDoesNotOverwriteANewerOne() {
        projection.project(payment("30.00", 3));
        triggers.drain();

        projection.project(payment("20.00", 2));

        assertThat(billings.one("pay-1").amount()).isEqualByComparingTo("30.00");
        assertThat(triggers.drain()).isEmpty();
    }

    @Test
    void newerPaymentKeepsItsBill() {
        projection.project(payment("10.00", 1));
        String billId = bills.issue("2026-11").billId();

        projection.project(payment("20.00", 2));

        Billing billing = billings.one("pay-1");
        assertThat(billing.billId()).isEqualTo(billId);
        assertThat(billing.amount()).isEqualByComparingTo("20.00");
        assertThat(billing.version()).isEqualTo(3);
    }

    @Test
    void projectionsDuringBillingAreNotLost() {
        projection.project(payment("1.00", 1));
        CompletableFuture<Void> projecting = CompletableFuture.runAsync(() -> LongStream.rangeClosed(2, 100)
                .forEach(version -> projection.project(payment(version + ".00", version))));
        int changes = 0;
        for (int i = 0; i < 50; i++) {
            Bills.Issued issued = bills.issue("2026-11");
            changes += issued.count();
            if (issued.billId() != null) {
                changes += bills.voidBill(issued.billId()).count();
            }
        }
        projecting.join();

        Billing billing = billings.one("pay-1");
        assertThat(changes).isEqualTo(100);
        assertThat(billing.version()).isEqualTo(100 + changes);
        assertThat(billing.amount()).isEqualByComparingTo("100.00");
    }

    @Test
    void rejectedTriggerRollsTheChangeBack() {
        triggers.reject(true);
        try {
            assertThatIllegalStateException().isThrownBy(() -> projection.project(payment("10.00", 1)));
        } finally {
            triggers.reject(false);
        }
        assertThat(jdbc.sql("select count(*) from billing").query(Long.class).single())
                .isZero();
    }

    private static Payment payment(String amount, long version) {
        return new Payment("pay-1", "Ada", new BigDecimal(amount), "EUR", version);
    }
}

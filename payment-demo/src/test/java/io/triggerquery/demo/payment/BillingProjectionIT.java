package io.triggerquery.demo.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.projection.TableProjection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PaymentTest
class BillingProjectionIT {

    @Autowired
    TableProjection<Billing> projection;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void empty() {
        jdbc.sql("truncate payment_billing").update();
    }

    @Test
    void billingMayArriveBeforeItsPayment() {
        RecordedBillings.project(projection, List.of(billed(2)));

        assertThat(row()).containsEntry("billed", true).containsEntry("bill_id", "bill-2");
    }

    @Test
    void olderVersionDoesNotOverwriteNewer() {
        RecordedBillings.project(projection, List.of(billed(4)));
        Map<String, Object> newest = row();

        RecordedBillings.project(projection, List.of(unbilled(3)));

        assertThat(row()).isEqualTo(newest);
    }

    @Test
    void sameVersionChangesNothing() {
        RecordedBillings.project(projection, List.of(billed(4)));
        Map<String, Object> first = row();

        RecordedBillings.project(projection, List.of(billed(4)));

        assertThat(row()).isEqualTo(first);
    }

    @Test
    void voidedBillIsRemoved() {
        RecordedBillings.project(projection, List.of(billed(2)));
        RecordedBillings.project(projection, List.of(unbilled(3)));

        assertThat(row())
                .containsEntry("billed", false)
                .containsEntry("bill_id", null)
                .containsEntry("billed_at", null)
                .containsEntry("version", 3L);
    }

    @Test
    void concurrentInstancesInDifferentOrderDoNotDeadlock() {
        List<Billing> forwards =
                LongStream.range(0, 100).mapToObj(i -> billing("pay-" + i)).toList();
        List<Billing> backwards = new ArrayList<>(forwards);
        Collections.reverse(backwards);

        LongStream.range(0, 40)
                .parallel()
                .forEach(round -> RecordedBillings.project(projection, round % 2 == 0 ? forwards : backwards));

        assertThat(jdbc.sql("select count(*) from payment_billing")
                        .query(Long.class)
                        .single())
                .isEqualTo(100);
    }

    private static Billing billing(String paymentId) {
        return new Billing(paymentId, false, null, null, BigDecimal.TEN, "EUR", 1);
    }

    @Test
    void newestVersionRemainsInAnyOrder() {
        long seed = System.nanoTime();
        List<Long> versions =
                new ArrayList<>(LongStream.rangeClosed(1, 200).boxed().toList());
        Collections.shuffle(versions, new Random(seed));

        versions.parallelStream()
                .forEach(version -> RecordedBillings.project(
                        projection, List.of(version % 2 == 0 ? billed(version) : unbilled(version))));

        assertThat(row()).as("seed %d", seed).containsEntry("version", 200L).containsEntry("bill_id", "bill-200");
    }

    private Map<String, Object> row() {
        return jdbc.sql("select * from payment_billing where payment_id = 'pay-1'")
                .query()
                .singleRow();
    }

    private static Billing billed(long version) {
        return new Billing("pay-1", true, "bill-" + version, Instant.EPOCH, BigDecimal.TEN, "EUR", version);
    }

    private static Billing unbilled(long version) {
        return new Billing("pay-1", false, null, null, BigDecimal.TEN, "EUR", version);
    }
}

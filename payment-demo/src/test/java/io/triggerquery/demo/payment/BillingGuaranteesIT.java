package io.triggerquery.demo.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.test.TriggerQueryKit;
import io.triggerquery.consumer.test.autoconfigure.AutoConfigureTriggerQueryKit;
import io.triggerquery.consumer.test.faults.Faults;
import io.triggerquery.consumer.test.guarantees.GuaranteeSuite;
import io.triggerquery.consumer.test.guarantees.ListenerUnderTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tests the billing projection with the test kit, in the engine. */
@PaymentTest
@AutoConfigureTriggerQueryKit
class BillingGuaranteesIT {

    @Autowired
    TriggerQueryKit kit;

    @Autowired
    Faults faults;

    @Autowired
    JdbcClient jdbc;

    @TestFactory
    Stream<DynamicTest> projectionKeepsTheGuarantees() {
        var billings = ListenerUnderTest.of(BillingGuaranteesIT::billing, this::version)
                .seeing(this::row);
        return GuaranteeSuite.of(kit, billings).withFaults(faults).tests();
    }

    @Test
    void projectionCatchesUpAfterOutage() {
        kit.source().answers("pay-7", billing("pay-7", 1));
        kit.source().down();
        kit.trigger("pay-7");
        kit.advance(Duration.ofMinutes(10));
        assertThat(kit).hasNotSettled("pay-7").hasDeferred("pay-7");
        assertThat(version("pay-7")).isEmpty();

        kit.source().up();
        kit.awaitSettled(Duration.ofMinutes(6));
        assertThat(version("pay-7")).hasValue(1);
    }

    private static Billing billing(String paymentId, long version) {
        boolean billed = version % 2 == 0;
        return new Billing(
                paymentId,
                billed,
                billed ? "bill-" + version : null,
                billed ? Instant.EPOCH : null,
                BigDecimal.TEN,
                "EUR",
                version);
    }

    private OptionalLong version(String paymentId) {
        return row(paymentId).stream()
                .mapToLong(row -> (Long) row.get("version"))
                .findFirst();
    }

    private List<Map<String, Object>> row(String paymentId) {
        return jdbc.sql("select * from payment_billing where payment_id = ?")
                .param(paymentId)
                .query()
                .listOfRows();
    }
}

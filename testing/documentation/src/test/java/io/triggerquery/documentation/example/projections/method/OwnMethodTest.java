package io.triggerquery.documentation.example.projections.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.projection.TableProjection;
import io.triggerquery.consumer.test.TriggerQueryKit;
import io.triggerquery.documentation.example.projections.H2Table;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class OwnMethodTest {

    private final DataSource database = H2Table.create();

    @Test
    void methodWritesTable() {
        var audited = new AtomicInteger();
        TableProjection<Billing> table = TableProjection.of(Billing.class, database);
        TriggerQueryKit kit = TriggerQueryKit.of(new BillingProjection(table, audited::addAndGet));
        kit.source().answers("pay-1", new Billing("pay-1", true, "bill-1", 3));

        kit.trigger("pay-1");
        kit.awaitSettled();

        assertThat(table.versions(List.of("pay-1"))).containsEntry("pay-1", 3L);
        assertThat(audited).hasValue(1);
    }
}

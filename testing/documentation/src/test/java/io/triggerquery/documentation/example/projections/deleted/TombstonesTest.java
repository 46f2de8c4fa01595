package io.triggerquery.documentation.example.projections.deleted;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.projection.TableProjection;
import io.triggerquery.consumer.test.TriggerQueryKit;
import io.triggerquery.documentation.example.projections.H2Table;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class TombstonesTest {

    private final DataSource database = H2Table.create();
    private final JdbcClient jdbc = JdbcClient.create(database);

    @Test
    void deletedIdStaysDeleted() throws Exception {
        jdbc.sql("alter table billing_view alter column billed drop not null").update();
        jdbc.sql("alter table billing_view add column deleted boolean default false not null")
                .update();
        jdbc.sql("alter table billing_view add column applied_at timestamp with time zone")
                .update();
        TriggerQueryKit kit = TriggerQueryKit.of(TableProjection.of(Billing.class, database));

        kit.project(Snapshot.found("pay-1", new Billing("pay-1", true, "bill-1", 1), 1));
        kit.project(Snapshot.absent("pay-1", 2));
        kit.project(Snapshot.found("pay-1", new Billing("pay-1", true, "bill-1", 1), 1));

        assertThat(jdbc.sql("select version from billing_view where deleted")
                        .query(Long.class)
                        .list())
                .isEqualTo(List.of(2L));
    }
}

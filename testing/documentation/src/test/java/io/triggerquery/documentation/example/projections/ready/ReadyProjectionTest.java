package io.triggerquery.documentation.example.projections.ready;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.projection.TableProjection;
import io.triggerquery.consumer.projection.TableProjection.Surroundings;
import io.triggerquery.consumer.test.TriggerQueryKit;
import io.triggerquery.documentation.example.projections.H2Table;
import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.TriggerPublisher;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.json.JsonMapper;

class ReadyProjectionTest {

    private final DataSource database = H2Table.create();

    @Test
    void triggerIsProjected() {
        TriggerQueryKit kit = TriggerQueryKit.of(TableProjection.of(Billing.class, database));
        kit.source().answers("pay-1", new Billing("pay-1", true, "bill-1", List.of(new Line("tea", 2)), 1));

        kit.trigger("pay-1");
        kit.awaitSettled();

        assertThat(kit).hasSettled("pay-1").hasQueried("pay-1", 1);
        assertThat(JdbcClient.create(database)
                        .sql("select bill_id from billing_view")
                        .query(String.class)
                        .single())
                .isEqualTo("bill-1");
    }

    @Test
    void changeIsPublishedAgain() {
        List<String> published = new ArrayList<>();
        TriggerPublisher triggers = new TriggerPublisher() {
            @Override
            public Receipt tryPublish(String destination, String id) {
                published.add(destination + " " + id);
                return new Receipt.InMemory();
            }

            @Override
            public Receipt tryPublish(String destination, String id, long version) {
                throw new UnsupportedOperationException();
            }
        };
        TableProjection<Billing> table = TableProjection.of(
                Billing.class,
                database,
                new Surroundings<>(
                        new JdbcTransactionManager(database),
                        JsonMapper.shared(),
                        List.of(new Onward().onward(triggers))));
        var billing = new Billing("pay-1", true, "bill-1", List.of(), 1);

        table.apply(List.of(Snapshot.found("pay-1", billing)));
        table.apply(List.of(Snapshot.found("pay-1", billing)));

        assertThat(published).containsExactly("payment-changed pay-1");
    }
}

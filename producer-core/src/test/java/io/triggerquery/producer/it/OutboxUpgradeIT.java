package io.triggerquery.producer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.TestDatabase;
import io.triggerquery.producer.internal.outbox.TriggerTable;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** A table that was created and filled by an earlier version. */
class OutboxUpgradeIT {

    private static final String FIRST_VERSION = """
            create table trigger_outbox (
                id            bigint generated always as identity primary key,
                destination   text        not null,
                trigger_id    text        not null,
                created_at    timestamptz not null default now(),
                claimed_until timestamptz
            );
            create index trigger_outbox_claim on trigger_outbox (destination, id);
            insert into trigger_outbox (destination, trigger_id, claimed_until) values
                ('test', 'waits', null),
                ('test', 'leased', now() + interval '5 s')
            """;

    private final DataSource database = TestDatabase.POSTGRESQL.newDatabase();
    private final TriggerTable table = new TriggerTable(database, Application.UNNAMED);

    @Test
    void rowsOfEarlierVersionAreSent() {
        JdbcClient.create(database).sql(FIRST_VERSION).update();

        migrate();
        migrate(); // a repeatable migration runs again with each of its changes
        table.insert(new OutgoingTrigger("test", "later", 7L));

        assertThat(table.claim("test", 3, Duration.ofMinutes(1)))
                .extracting(Claimed::trigger)
                .containsExactlyInAnyOrder(
                        OutgoingTrigger.of("test", "waits"),
                        OutgoingTrigger.of("test", "leased"),
                        new OutgoingTrigger("test", "later", 7L));
    }

    @Test
    void rowsOfEarlierVersionBelongToFirstApplicationWithTheirDestination() {
        JdbcClient.create(database).sql(FIRST_VERSION).update();
        migrate();
        TriggerTable billing = new TriggerTable(database, new Application("billing"));
        TriggerTable ordering = new TriggerTable(database, new Application("ordering"));

        assertThat(ordering.countUnconfigured(Set.of("orders"))).isEmpty();
        assertThat(billing.countUnconfigured(Set.of("test"))).isEmpty();
        assertThat(ordering.countUnconfigured(Set.of("test"))).isEmpty();

        assertThat(ordering.claim("test", 3, Duration.ofMinutes(1))).isEmpty();
        assertThat(billing.claim("test", 3, Duration.ofMinutes(1))).hasSize(2);
    }

    private void migrate() {
        new ResourceDatabasePopulator(new ClassPathResource("db/triggerquery/R__trigger_outbox.sql")).execute(database);
    }
}

package io.triggerquery.producer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.TestDatabase;
import io.triggerquery.producer.internal.outbox.TriggerTable;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** A long transaction keeps the dead rows of every trigger that was sent since its begin. */
class LongTransactionIT {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final int SENT = 200_000;

    private final DataSource database = TestDatabase.POSTGRESQL.newDatabase();

    @Test
    void slowClaimsSkipDeadRowsAndMissNoTrigger() throws Exception {
        new ResourceDatabasePopulator(new ClassPathResource("db/triggerquery/R__trigger_outbox.sql")).execute(database);
        try (Connection own = database.getConnection();
                Connection old = database.getConnection();
                Statement statement = old.createStatement()) {
            DataSource connection = new SingleConnectionDataSource(own, true);
            JdbcClient jdbc = JdbcClient.create(connection);
            TriggerTable table = new TriggerTable(connection, Application.UNNAMED);
            old.setAutoCommit(false);
            old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("select count(*) from trigger_outbox");
            jdbc.sql("insert into trigger_outbox (destination, trigger_id, due_at)"
                            + " select 'test', n::text, now() - interval '1 h' from generate_series(1, :sent) n")
                    .param("sent", SENT)
                    .update();
            jdbc.sql("delete from trigger_outbox").update();

            long first = entriesRead(jdbc, table);
            // one of them may start at the front, as claims do from time to time
            long later = LongStream.range(0, 10)
                    .map(any -> entriesRead(jdbc, table))
                    .min()
                    .orElseThrow();

            assertThat(first).isGreaterThan(SENT - 1);
            assertThat(later).isLessThan(SENT / 100);
            table.insert(OutgoingTrigger.of("test", "new"));
            jdbc.sql("insert into trigger_outbox (destination, trigger_id, due_at)"
                            + " values ('test', 'committed-late', now() - interval '10 min')")
                    .update();
            assertThat(table.claim("test", 10, LEASE))
                    .extracting(claimed -> claimed.trigger().id())
                    .contains("new");
            List<Claimed> late = List.of();
            while (late.isEmpty()) {
                // the next claim from the front finds it
                late = table.claim("test", 10, LEASE);
            }
            assertThat(late).extracting(claimed -> claimed.trigger().id()).containsExactly("committed-late");
        }
    }

    /** The number of index entries that a claim reads. */
    private static long entriesRead(JdbcClient jdbc, TriggerTable table) {
        long before = read(jdbc);
        assertThat(table.claim("test", 10, LEASE)).isEmpty();
        return read(jdbc) - before;
    }

    private static long read(JdbcClient jdbc) {
        jdbc.sql("select pg_stat_force_next_flush()::text").query(String.class).optional();
        jdbc.sql("select pg_stat_clear_snapshot()::text").query(String.class).optional();
        return jdbc.sql("select idx_tup_read from pg_stat_user_indexes where indexrelname = 'trigger_outbox_work'")
                .query(Long.class)
                .single();
    }
}

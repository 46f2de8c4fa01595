package io.triggerquery.faultinjection.speed;

import com.zaxxer.hikari.HikariDataSource;
import io.triggerquery.producer.internal.outbox.TriggerTable;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.testbed.DurablePostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * Measures the duration of an empty claim on the outbox after many triggers were sent, with and without a transaction that
 * holds an old snapshot.
 *
 * <p>Command: {@code testing/fault-injection/run OldSnapshotCost}.
 */
final class OldSnapshotCost {

    private static final int ROUNDS = 3;
    private static final int SENT_IN_A_ROUND = 50_000;
    private static final int CLAIMS = 50;
    private static final int BATCH = 500;
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Report report =
            new Report("old-snapshot", "snapshot held", "sent", "drained/s", "empty claim p50 ms", "p90 ms", "p99 ms");

    public static void main(String[] arguments) throws Exception {
        new OldSnapshotCost().measure();
        System.exit(0); // clients may have left threads
    }

    private void measure() throws Exception {
        try (EmbeddedPostgres postgres = DurablePostgres.start()) {
            for (boolean held : new boolean[] {false, true}) {
                String name = "held_" + held;
                JdbcClient.create(postgres.getPostgresDatabase())
                        .sql("create database " + name)
                        .update();
                try (HikariDataSource database = new HikariDataSource()) {
                    database.setJdbcUrl(postgres.getJdbcUrl("postgres", name));
                    new ResourceDatabasePopulator(new ClassPathResource("db/triggerquery/R__trigger_outbox.sql"))
                            .execute(database);
                    measure(database, held);
                }
            }
        }
        report.write();
    }

    private void measure(HikariDataSource database, boolean held) throws SQLException, InterruptedException {
        TriggerTable table = new TriggerTable(database, Application.UNNAMED);
        try (Connection old = database.getConnection()) {
            if (held) {
                old.setAutoCommit(false);
                old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                try (Statement statement = old.createStatement()) {
                    statement.execute("select count(*) from trigger_outbox");
                }
            }
            for (int round = 1; round <= ROUNDS; round++) {
                double perSecond = send(database, table);
                double[] millis = new double[CLAIMS];
                for (int n = 0; n < CLAIMS; n++) {
                    // a relay polls, and commits wake it up
                    Thread.sleep(100);
                    long began = System.nanoTime();
                    table.claim("test", BATCH, LEASE);
                    millis[n] = (System.nanoTime() - began) / 1e6;
                }
                Arrays.sort(millis);
                report.add(
                        held,
                        round * SENT_IN_A_ROUND,
                        Math.round(perSecond),
                        "%.2f".formatted(millis[CLAIMS / 2]),
                        "%.2f".formatted(millis[CLAIMS * 9 / 10]),
                        "%.2f".formatted(millis[CLAIMS * 99 / 100]));
            }
            if (held) {
                old.rollback();
            }
        }
    }

    /** Publishes triggers in batches of a thousand, claims and deletes them. */
    private static double send(HikariDataSource database, TriggerTable table) {
        JdbcClient jdbc = JdbcClient.create(database);
        long began = System.nanoTime();
        for (int n = 0; n < SENT_IN_A_ROUND; n += 1_000) {
            jdbc.sql("insert into trigger_outbox (destination, trigger_id)"
                            + " select 'test', 'p-' || n from generate_series(1, 1000) n")
                    .update();
            List<Claimed> claimed = table.claim("test", BATCH, LEASE);
            while (!claimed.isEmpty()) {
                table.done(claimed);
                claimed = table.claim("test", BATCH, LEASE);
            }
        }
        return SENT_IN_A_ROUND / ((System.nanoTime() - began) / 1e9);
    }
}

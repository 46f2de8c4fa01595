package io.triggerquery.bench.peer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

/**
 * Stores states in a table of PostgreSQL, which is created if it is missing. Lists are written as one JDBC batch.
 *
 * <p>Bounds: 16 connections; further writers wait.
 */
final class PostgresProjection implements Projection {

    private static final int CONNECTIONS = 16;

    private static final String TABLE = """
            create table if not exists billing_copy (
              id text primary key,
              billed boolean not null,
              bill_id text,
              version bigint not null)
            """;

    private static final String UPSERT = """
            insert into billing_copy (id, billed, bill_id, version) values (?, ?, ?, ?)
            on conflict (id) do update
              set billed = excluded.billed, bill_id = excluded.bill_id, version = excluded.version
              where billing_copy.version < excluded.version
            """;

    private final HikariDataSource connections;

    PostgresProjection(String jdbcUrl) {
        this.connections = connections(jdbcUrl);
        try (Connection connection = connections.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(TABLE);
        } catch (SQLException failure) {
            connections.close();
            throw new IllegalStateException("cannot create the table billing_copy", failure);
        }
    }

    /** Creates a pool. */
    static HikariDataSource connections(String jdbcUrl) {
        var config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        config.setMaximumPoolSize(CONNECTIONS);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return new HikariDataSource(config);
    }

    @Override
    public void project(Billing billing) {
        try (Connection connection = connections.getConnection();
                PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
            fill(upsert, billing);
            upsert.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("cannot write " + billing.paymentId(), failure);
        }
    }

    @Override
    public void project(List<Billing> billings) {
        // always in the same order, since two transactions with common ids could deadlock otherwise
        List<Billing> inOrder = billings.stream()
                .sorted(Comparator.comparing(Billing::paymentId))
                .toList();
        try (Connection connection = connections.getConnection()) {
            connection.setAutoCommit(false); // the pool rolls back an open transaction, and resets auto-commit
            try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
                for (Billing billing : inOrder) {
                    fill(upsert, billing);
                    upsert.addBatch();
                }
                upsert.executeBatch();
            }
            connection.commit();
        } catch (SQLException failure) {
            throw new IllegalStateException("cannot write " + billings.size() + " states", failure);
        }
    }

    private static void fill(PreparedStatement upsert, Billing billing) throws SQLException {
        upsert.setString(1, billing.paymentId());
        upsert.setBoolean(2, billing.billed());
        upsert.setString(3, billing.billId());
        upsert.setLong(4, billing.version());
    }

    @Override
    public void close() {
        connections.close();
    }
}

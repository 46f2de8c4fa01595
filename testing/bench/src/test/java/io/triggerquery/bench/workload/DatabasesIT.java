package io.triggerquery.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.bench.id.PaymentIds;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class DatabasesIT {

    @Test
    void commitsAreSyncedToDisk() throws SQLException {
        try (var databases = new Databases()) {
            String url = databases.empty();
            assertThat(setting(url, "fsync")).isEqualTo("on");
            assertThat(setting(url, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(url, "full_page_writes")).isEqualTo("on");
        }
    }

    @Test
    void existingRowsAreNotCountedAsStates() throws SQLException {
        try (var databases = new Databases()) {
            String url = databases.empty();
            databases.fill(url, 10);
            assertThat(databases.states(url)).isZero();
            update(url, "update billing_copy set version = 1 where id = '" + new PaymentIds(10).text(7) + "'");
            assertThat(databases.states(url)).isEqualTo(1);
        }
    }

    private static void update(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static String setting(String url, String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show " + name)) {
            row.next();
            return row.getString(1);
        }
    }
}

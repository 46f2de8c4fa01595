package io.triggerquery.consumer.internal.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseTest {

    @ParameterizedTest
    @CsvSource({
        "PostgreSQL, 17.11, POSTGRESQL",
        "H2, 2.4.240 (2025-09-22), H2",
        "MySQL, 8.0.11, MYSQL",
        "MySQL, 8.4.6-log, MYSQL",
        "MySQL, 9.5.0, MYSQL",
        "MariaDB, 10.6.21-MariaDB, MYSQL",
        "MariaDB, 11.4.5-MariaDB-log, MYSQL",
        // as drivers of MySQL report MariaDB
        "MySQL, 11.4.5-MariaDB, MYSQL",
        "MySQL, 5.5.5-10.6.21-MariaDB, MYSQL",
    })
    void supported(String product, String version, Database database) throws SQLException {
        assertThat(of(product, version)).contains(database);
    }

    @ParameterizedTest
    @CsvSource({
        "MySQL, 5.7.44",
        "MySQL, 5.5.5-log",
        "MySQL, 5.5.5-10.5.29-MariaDB",
        "MySQL, unknown",
        "MariaDB, 10.5.29-MariaDB",
        "Oracle, 23.1",
        "Microsoft SQL Server, 16.00.1000"
    })
    void notSupported(String product, String version) throws SQLException {
        assertThat(of(product, version)).isEmpty();
    }

    private static Optional<Database> of(String product, String version) throws SQLException {
        try (Connection connection =
                new NamedDatabase(product, version).dataSource().getConnection()) {
            return Database.of(connection.getMetaData());
        }
    }
}

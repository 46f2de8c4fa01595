package io.triggerquery.producer.it;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Executes a statement in every new connection. */
final class InitializedConnections extends DelegatingDataSource {

    private final String statement;

    InitializedConnections(DataSource database, String statement) {
        super(database);
        this.statement = statement;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        try (Statement first = connection.createStatement()) {
            first.execute(statement);
        }
        return connection;
    }
}

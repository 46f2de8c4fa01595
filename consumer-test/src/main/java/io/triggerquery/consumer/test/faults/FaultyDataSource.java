package io.triggerquery.consumer.test.faults;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A database whose calls can fail with {@link Faults}. */
final class FaultyDataSource extends DelegatingDataSource {

    private final Faults faults;

    FaultyDataSource(DataSource real, Faults faults) {
        super(real);
        this.faults = faults;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return FaultyJdbc.connection(super.getConnection(), faults);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return FaultyJdbc.connection(super.getConnection(user, password), faults);
    }
}

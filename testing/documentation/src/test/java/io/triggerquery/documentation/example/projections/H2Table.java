package io.triggerquery.documentation.example.projections;

import io.triggerquery.documentation.page.Page;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The table of the page, in a new database of H2 that speaks as PostgreSQL does. */
public final class H2Table {

    private H2Table() {}

    public static DataSource create() {
        DataSource database = new DriverManagerDataSource(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1");
        Page.blocksIn("sql")
                .filter(block -> block.page().equals("docs/projections.md"))
                .forEach(block -> JdbcClient.create(database).sql(block.text()).update());
        return database;
    }
}

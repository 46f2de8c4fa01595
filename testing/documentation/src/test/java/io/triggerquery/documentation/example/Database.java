package io.triggerquery.documentation.example;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** One real database for all examples, with their tables and those of trigger-query. */
public final class Database {

    private static final HikariDataSource POOL = new HikariDataSource();

    static {
        POOL.setDataSource(start().getPostgresDatabase());
    }

    private Database() {}

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.start();
            DataSource database = postgres.getPostgresDatabase();
            new ResourceDatabasePopulator(
                            new ClassPathResource("db/triggerquery/R__trigger_outbox.sql"),
                            new ClassPathResource("db/triggerquery/R__trigger_projection.sql"))
                    .execute(database);
            JdbcClient.create(database).sql("""
                            create table payment (id text primary key, version bigint not null);
                            create table billing (
                                payment_id text primary key, billed boolean, bill_id text, version bigint not null)
                            """).update();
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static DataSource dataSource() {
        return POOL;
    }
}

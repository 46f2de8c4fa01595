package io.triggerquery.consumer.test;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** One real database for this module's tests, with a table for projections. */
public final class Database {

    private static final EmbeddedPostgres POSTGRES = start();
    private static final HikariDataSource POOL = pool();

    private Database() {}

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.start();
            JdbcClient.create(postgres.getPostgresDatabase()).sql("""
                            create table thing (id text primary key, text text, version bigint, changes int default 1);
                            create table thing_version (id text primary key, version bigint not null)
                            """).update();
            return postgres;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static HikariDataSource pool() {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url());
        new ResourceDatabasePopulator(new ClassPathResource("db/triggerquery/R__trigger_projection.sql")).execute(pool);
        return pool;
    }

    public static DataSource dataSource() {
        return POOL;
    }

    public static String url() {
        return POSTGRES.getJdbcUrl("postgres", "postgres");
    }

    /** The version of a row that is no tombstone. */
    public static OptionalLong version(String id) {
        return JdbcClient.create(dataSource())
                .sql("select version from thing where id = ? and text is not null")
                .param(id)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    public static Object row(String id) {
        return JdbcClient.create(dataSource())
                .sql("select * from thing where id = ?")
                .param(id)
                .query()
                .listOfRows();
    }
}

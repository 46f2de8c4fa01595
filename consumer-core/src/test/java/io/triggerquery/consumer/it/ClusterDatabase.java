package io.triggerquery.consumer.it;

import io.triggerquery.consumer.it.ThingsApplication.Thing;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A real PostgreSQL with the members' projection, and a record of every round that reached it. */
final class ClusterDatabase implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private final JdbcClient sql;

    ClusterDatabase() {
        try {
            postgres = EmbeddedPostgres.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        sql = JdbcClient.create(postgres.getPostgresDatabase());
        sql.sql("create table thing (id text primary key, version bigint not null)")
                .update();
        sql.sql("create table round (id text, version bigint, member text, wrote boolean)")
                .update();
    }

    /**
     * Projects a thing in one statement: an older version never replaces a newer one, and the round is recorded
     * together with whether it wrote.
     *
     * @param millis the minimum duration of the statement
     */
    static void project(DataSource database, String member, int millis, Thing thing) {
        JdbcClient sql = JdbcClient.create(database);
        sql.sql("select pg_sleep(?)").param(millis / 1_000.0).query().singleRow();
        sql.sql("""
                        with written as (
                            insert into thing (id, version) values (:id, :version)
                            on conflict (id) do update set version = excluded.version
                            where thing.version < excluded.version
                            returning id)
                        insert into round (id, version, member, wrote)
                        select :id, :version, :member, exists (select from written)""")
                .param("id", thing.id())
                .param("version", thing.version())
                .param("member", member)
                .update();
    }

    String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    void clear() {
        sql.sql("truncate thing, round").update();
    }

    /** Returns the rows of the projection. */
    Map<String, Long> versions() {
        return sql
                .sql("select id, version from thing")
                .query((row, number) -> Map.entry(row.getString(1), row.getLong(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Returns how many rounds of a member reached the database. */
    long roundsOf(String member) {
        return count("select count(*) from round where member = '" + member + "'");
    }

    /** Returns how many rounds of a member wrote a row. */
    long writesOf(String member) {
        return count("select count(*) from round where wrote and member = '" + member + "'");
    }

    /** Returns how many rounds wrote a version that another round had already written. */
    long repeatedRounds() {
        return count("select count(*) - count(distinct (id, version)) from round");
    }

    private long count(String query) {
        return sql.sql(query).query(Long.class).single();
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}

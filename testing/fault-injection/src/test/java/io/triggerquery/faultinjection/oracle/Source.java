package io.triggerquery.faultinjection.oracle;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The source: the table that the children change. */
final class Source {

    private Source() {}

    static void create(JdbcClient database) {
        database.sql("create table thing (id text primary key, version bigint not null)")
                .update();
    }

    static Map<String, Long> read(JdbcClient database) {
        return versions(database.sql("select id, version from thing"));
    }

    static Map<String, Long> read(JdbcClient database, Collection<String> ids) {
        return versions(
                database.sql("select id, version from thing where id = any(?)").param(ids.toArray(String[]::new)));
    }

    private static Map<String, Long> versions(JdbcClient.StatementSpec statement) {
        Map<String, Long> versions = new HashMap<>();
        statement.query(row -> {
            versions.put(row.getString(1), row.getLong(2));
        });
        return versions;
    }
}

package io.triggerquery.consumer.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * The SQL dialects of {@link ProjectionGuard}: one statement that locks each row, compares, writes, and returns the
 * admitted ids.
 *
 * <p>The parameters are the projection and three arrays: ids, versions, deleted. Rows are locked in the order of the
 * arrays, refused ones too. Version -1 is a tombstone of an unknown version, which keeps the version of the row.
 */
enum Database {
    POSTGRESQL("PostgreSQL", "classpath:db/triggerquery", """
            insert into trigger_projection as kept (projection, id, version, deleted, applied_at)
            select ?, proposed.id, proposed.version, proposed.deleted, current_timestamp
              from unnest(?, ?, ?) as proposed (id, version, deleted)
            on conflict (projection, id) do update
               set version = greatest(kept.version, excluded.version),
                   deleted = excluded.deleted,
                   applied_at = excluded.applied_at
             where excluded.version = -1
                or (kept.version, kept.deleted) <= (excluded.version, excluded.deleted)
            returning id
            """),

    H2("H2", "classpath:db/triggerquery-h2", """
            select id from final table (
                merge into trigger_projection as kept
                using (select cast(? as varchar) as projection, id, version, deleted
                         from unnest(?, ?, ?) as answered (id, version, deleted)) as proposed
                   on kept.projection = proposed.projection and kept.id = proposed.id
                when matched and (proposed.version = -1
                        or (kept.version, kept.deleted) <= (proposed.version, proposed.deleted)) then
                    update set version = greatest(kept.version, proposed.version),
                               deleted = proposed.deleted,
                               applied_at = current_timestamp
                when not matched then
                    insert (projection, id, version, deleted, applied_at)
                    values (proposed.projection, proposed.id, proposed.version, proposed.deleted, current_timestamp))
            """);

    private final String product;
    private final String location;
    private final String admit;

    Database(String product, String location, String admit) {
        this.product = product;
        this.location = location;
        this.admit = admit;
    }

    /**
     * Returns the dialect of a database.
     *
     * @throws IllegalStateException if the guard does not support it
     */
    static Database of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return Arrays.stream(values())
                .filter(database -> database.product.equals(product))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("ProjectionGuard supports PostgreSQL and H2, but the database is "
                                + product + ". Compare the versions in the projection's own SQL instead:"
                                + " update ... where version <= :version"));
    }

    String admit() {
        return admit;
    }

    /** Returns the Flyway location of the table's script. */
    String location() {
        return location;
    }
}

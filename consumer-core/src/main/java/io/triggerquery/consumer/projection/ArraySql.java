package io.triggerquery.consumer.projection;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The statements for databases with arrays: one statement locks each row, compares, writes, and returns the admitted
 * ids.
 *
 * <p>The parameters are the projection and three arrays: ids, versions, deleted. Rows are locked in the order of the
 * arrays, refused ones too.
 */
enum ArraySql implements GuardSql {
    POSTGRESQL("""
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

    H2("""
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

    private static final String VERSIONS = """
            select id, version from trigger_projection
             where projection = ? and id = any (?) and version >= 0
            """;
    // skips locked rows, which are being changed, until the next purge: without waits there are no deadlocks
    private static final String OLD_TOMBSTONES = """
            select id from trigger_projection
             where projection = ? and id > ? and deleted
               and applied_at < current_timestamp - cast(? as bigint) * interval '1' second
             order by id
             limit ?
               for update skip locked
            """;
    private static final String DELETE = "delete from trigger_projection where projection = ? and id = any (?)";

    private final String admit;

    ArraySql(String admit) {
        this.admit = admit;
    }

    @Override
    public String columns() {
        return "projection, id, version, deleted, applied_at";
    }

    @Override
    public Object parameter(String key) {
        return key;
    }

    @Override
    public String id(ResultSet row, int column) throws SQLException {
        return row.getString(column);
    }

    @Override
    public Set<String> admit(JdbcClient jdbc, String projection, List<GuardRow> rows) {
        return jdbc.sql(admit)
                .param(projection)
                .param(column(rows, GuardRow::id).toArray(String[]::new))
                .param(column(rows, GuardRow::version).toArray(Long[]::new))
                .param(column(rows, GuardRow::deleted).toArray(Boolean[]::new))
                .query(String.class)
                .set();
    }

    @Override
    public Map<String, Long> versions(JdbcClient jdbc, String projection, Collection<String> ids) {
        Map<String, Long> versions = new HashMap<>();
        RowCallbackHandler each = row -> versions.put(row.getString(1), row.getLong(2));
        jdbc.sql(VERSIONS).param(projection).param(ids.toArray(String[]::new)).query(each);
        return versions;
    }

    @Override
    public Purge purge(JdbcClient jdbc, String projection, String afterId, Duration age) {
        List<String> ids = jdbc.sql(OLD_TOMBSTONES)
                .params(projection, afterId, age.toSeconds(), PURGED_AT_ONCE)
                .query(String.class)
                .list();
        jdbc.sql(DELETE).param(projection).param(ids.toArray(String[]::new)).update();
        return new Purge(ids.size(), ids.isEmpty() ? null : ids.get(ids.size() - 1));
    }

    private static <T> List<T> column(Collection<GuardRow> rows, Function<GuardRow, T> value) {
        return rows.stream().map(value).toList();
    }
}

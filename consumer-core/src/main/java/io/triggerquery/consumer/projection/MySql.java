package io.triggerquery.consumer.projection;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The statements for MySQL and MariaDB. An upsert there does not return which rows it wrote, and the number of rows
 * affected depends on the connection. So one statement locks each row, compares, and writes with a random number; a
 * second one selects the rows with that number.
 *
 * <p>The comparison reads the newest committed row at every isolation level, and the selection finds what its own
 * transaction has written. Rows are locked in the order of the list, refused ones too, and no gaps.
 */
final class MySql implements GuardSql {

    static final MySql INSTANCE = new MySql();

    private static final int ROWS_AT_ONCE = 1_000;

    // assignments take effect one after the other: the comparison must not come after those of its columns
    private static final String NOT_OLDER =
            "if(values(version) = -1 or (version, deleted) <= (values(version), values(deleted)), ";
    private static final String INSERT =
            "insert into trigger_projection (projection, id, version, deleted, applied_at, admission) values ";
    private static final String ROW = "(?, ?, ?, ?, utc_timestamp(6), ?)";
    private static final String ON_DUPLICATE = """

            on duplicate key update
               admission = %1$svalues(admission), admission),
               applied_at = %1$svalues(applied_at), applied_at),
               deleted = %1$svalues(deleted), deleted),
               version = greatest(version, values(version))
            """.formatted(NOT_OLDER);

    // not the whole table, however small it is: the rows of others stay unlocked
    private static final String TABLE = "trigger_projection as kept force index (primary)";
    private static final String ADMITTED =
            "select id from " + TABLE + " where projection = ? and admission = ? and id in ";
    private static final String VERSIONS =
            "select id, version from " + TABLE + " where projection = ? and version >= 0 and id in ";
    private static final String OLD = " and deleted and applied_at < utc_timestamp(6) - interval ? second";
    // without locks, since those of a range would also keep new ids out
    private static final String OLD_TOMBSTONES =
            "select id from trigger_projection where projection = ? and id > ?" + OLD + " order by id limit ?";
    private static final String LOCK = "select id from " + TABLE + " where projection = ?" + OLD + " and id in ";
    private static final String SKIP_LOCKED = " for update skip locked";
    private static final String DELETE = "delete kept from " + TABLE + " where projection = ? and id in ";

    private MySql() {}

    @Override
    public String columns() {
        return "projection, id, version, deleted, applied_at, admission";
    }

    @Override
    public Object parameter(String key) {
        return bytes(key);
    }

    @Override
    public String id(ResultSet row, int column) throws SQLException {
        return new String(row.getBytes(column), StandardCharsets.UTF_8);
    }

    @Override
    public Set<String> admit(JdbcClient jdbc, String projection, List<GuardRow> rows) {
        long admission = ThreadLocalRandom.current().nextLong();
        inParts(rows, part -> write(jdbc, projection, admission, part));
        Set<String> admitted = new HashSet<>();
        List<String> ids = rows.stream().map(GuardRow::id).toList();
        inParts(ids, part -> admitted.addAll(select(jdbc, ADMITTED, "", part, bytes(projection), admission)));
        return admitted;
    }

    private static void write(JdbcClient jdbc, String projection, long admission, List<GuardRow> rows) {
        List<Object> parameters = new ArrayList<>();
        for (GuardRow row : rows) {
            parameters.addAll(List.of(bytes(projection), bytes(row.id()), row.version(), row.deleted(), admission));
        }
        jdbc.sql(INSERT + String.join(", ", Collections.nCopies(rows.size(), ROW)) + ON_DUPLICATE)
                .params(parameters)
                .update();
    }

    @Override
    public Map<String, Long> versions(JdbcClient jdbc, String projection, Collection<String> ids) {
        Map<String, Long> versions = new HashMap<>();
        RowCallbackHandler each = row -> versions.put(id(row, 1), row.getLong(2));
        inParts(
                List.copyOf(ids),
                part -> withIds(jdbc, VERSIONS, "", part, bytes(projection)).query(each));
        return versions;
    }

    @Override
    public Purge purge(JdbcClient jdbc, String projection, String afterId, Duration age) {
        byte[] key = bytes(projection);
        List<String> old = jdbc.sql(OLD_TOMBSTONES)
                .params(key, bytes(afterId), age.toSeconds(), PURGED_AT_ONCE)
                .query((row, number) -> id(row, 1))
                .list();
        if (old.isEmpty()) {
            return new Purge(0, null);
        }
        List<String> locked = select(jdbc, LOCK, SKIP_LOCKED, old, key, age.toSeconds());
        if (!locked.isEmpty()) {
            withIds(jdbc, DELETE, "", locked, key).update();
        }
        return new Purge(locked.size(), old.get(old.size() - 1));
    }

    private List<String> select(JdbcClient jdbc, String sql, String end, List<String> ids, Object... parameters) {
        return withIds(jdbc, sql, end, ids, parameters)
                .query((row, number) -> id(row, 1))
                .list();
    }

    private static JdbcClient.StatementSpec withIds(
            JdbcClient jdbc, String sql, String end, List<String> ids, Object... parameters) {
        String list = "(" + String.join(", ", Collections.nCopies(ids.size(), "?")) + ")";
        List<Object> all = new ArrayList<>(List.of(parameters));
        ids.forEach(id -> all.add(bytes(id)));
        return jdbc.sql(sql + list + end).params(all);
    }

    /** Keeps statements below the bounds of packets and parameters. */
    private static <T> void inParts(List<T> all, Consumer<List<T>> each) {
        for (int start = 0; start < all.size(); start += ROWS_AT_ONCE) {
            each.accept(all.subList(start, Math.min(start + ROWS_AT_ONCE, all.size())));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.triggerquery.consumer.internal.table;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads rows of a table. */
record StoredRows(Table table, RecordLayout<?> layout) {

    static final int H2_DUPLICATE_KEY = 23_505;

    /**
     * A row as it is stored.
     *
     * @param values the values in the order of the components; JSON as text
     * @param deleted whether it is a tombstone
     */
    record Stored(@Nullable Object[] values, boolean deleted) {}

    String select(String condition, boolean lock) {
        String deleted = table.extra().deleted();
        return "select " + table.columns().stream().map(Table.Col::name).collect(Collectors.joining(", "))
                + (deleted == null ? "" : ", " + deleted) + " from " + table.name() + " where " + condition
                + " order by " + table.idColumn().name() + (lock ? " for update" : "");
    }

    void read(ResultSet rows, Map<String, Stored> byId) throws SQLException {
        while (rows.next()) {
            @Nullable Object[] values = new Object[table.columns().size()];
            for (int i = 0; i < values.length; i++) {
                Property property = layout.properties().get(i);
                values[i] = property.kind().read(rows, i + 1, table.database(), property.type(), property.nullable());
            }
            boolean deleted = table.extra().deleted() != null && rows.getBoolean(values.length + 1);
            byId.put(String.valueOf(values[table.id()]), new Stored(values, deleted));
        }
    }

    static boolean same(@Nullable Stored one, @Nullable Stored other) {
        return one == null || other == null
                ? one == other
                : one.deleted == other.deleted && Arrays.equals(one.values, other.values);
    }
}

package io.triggerquery.consumer.internal.table;

import io.triggerquery.consumer.internal.database.Database;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The name of a table as the database has it.
 *
 * @param catalog its catalog, which is the database in MySQL and MariaDB
 * @param schema its schema, or null in MySQL and MariaDB
 * @param table its name
 */
record TableName(@Nullable String catalog, @Nullable String schema, String table) {

    /**
     * Finds the tables of a name: that of the connection's schema, else those of all schemas.
     *
     * @param written the name, with or without a schema, in any case
     */
    static List<TableName> find(Connection connection, Database database, String written) throws SQLException {
        int dot = written.indexOf('.');
        String schema = dot < 0 ? null : written.substring(0, dot);
        String table = written.substring(dot + 1);
        if (database == Database.MYSQL) {
            return find(connection, schema == null ? connection.getCatalog() : schema, null, table);
        }
        String current = schema == null ? connection.getSchema() : schema;
        List<TableName> found = find(connection, connection.getCatalog(), current, table);
        return found.isEmpty() && schema == null ? find(connection, connection.getCatalog(), null, table) : found;
    }

    private static List<TableName> find(
            Connection connection, @Nullable String catalog, @Nullable String schema, String table)
            throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        Set<TableName> found = new LinkedHashSet<>();
        for (String name : cases(table)) {
            String pattern = name.replace("_", metaData.getSearchStringEscape() + "_");
            try (ResultSet tables = metaData.getTables(catalog, null, pattern, null)) {
                while (tables.next()) {
                    var one = new TableName(tables.getString(1), tables.getString(2), tables.getString(3));
                    if (one.table.equals(name) && (schema == null || schema.equalsIgnoreCase(one.schema))) {
                        found.add(one);
                    }
                }
            }
            if (!found.isEmpty()) {
                return List.copyOf(found);
            }
        }
        return List.of();
    }

    private static Set<String> cases(String name) {
        return new LinkedHashSet<>(List.of(name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT)));
    }

    /** Returns the name for statements. */
    String quoted(Database database) {
        return Stream.of(database == Database.MYSQL ? catalog : schema, table)
                .filter(part -> part != null && !part.isEmpty())
                .map(part -> quote(database, part))
                .reduce((one, other) -> one + "." + other)
                .orElseThrow();
    }

    /** Returns the name for messages. */
    String readable() {
        return schema == null ? table : schema + "." + table;
    }

    static String quote(Database database, String name) {
        String mark = database == Database.MYSQL ? "`" : "\"";
        return mark + name.replace(mark, mark + mark) + mark;
    }
}

package io.triggerquery.consumer.internal.table;

import io.triggerquery.consumer.internal.database.Database;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
     * Finds the table that a statement means by a name: that of the first schema in which the connection looks for it.
     *
     * @param written the name, with or without a schema, in any case
     */
    static Optional<TableName> find(Connection connection, Database database, String written) throws SQLException {
        int dot = written.indexOf('.');
        List<String> schemas = dot < 0 ? searched(connection, database) : List.of(written.substring(0, dot));
        for (String schema : schemas) {
            List<TableName> found = database == Database.MYSQL
                    ? find(connection, schema, null, written.substring(dot + 1))
                    : find(connection, connection.getCatalog(), schema, written.substring(dot + 1));
            if (!found.isEmpty()) {
                return Optional.of(found.get(0));
            }
        }
        return Optional.empty();
    }

    private static List<String> searched(Connection connection, Database database) throws SQLException {
        List<String> schemas = new ArrayList<>();
        if (database == Database.POSTGRESQL) {
            try (Statement statement = connection.createStatement();
                    ResultSet path = statement.executeQuery("select unnest(current_schemas(false))")) {
                while (path.next()) {
                    schemas.add(path.getString(1));
                }
            }
        } else {
            String only = database == Database.MYSQL ? connection.getCatalog() : connection.getSchema();
            if (only != null) {
                schemas.add(only);
            }
        }
        return schemas;
    }

    /** Returns the tables of a name in all schemas, for messages; the connection may not be meant to use them. */
    static List<TableName> anywhere(Connection connection, Database database, String table) throws SQLException {
        return database == Database.MYSQL ? List.of() : find(connection, connection.getCatalog(), null, table);
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

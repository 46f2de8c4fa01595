package io.triggerquery.consumer.internal.table;

import io.triggerquery.consumer.internal.database.Database;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column as the database describes it.
 *
 * @param name its name
 * @param type its type without lengths and below domains, in lower case, by its name in SQL
 * @param sqlType its type in a cast
 * @param nullable whether it may be null
 * @param hasValue whether the database fills it by itself: a default value, an identity, or an expression
 * @param generated whether it can't be written, or not with every value
 */
record FoundColumn(String name, String type, String sqlType, boolean nullable, boolean hasValue, boolean generated) {

    private static final Map<String, String> SAME = Map.of(
            "int4", "integer",
            "int8", "bigint",
            "bool", "boolean",
            "bpchar", "char",
            "float8", "double precision",
            "float", "double precision");

    /** The types to which PostgreSQL assigns a text without a cast. */
    private static final Set<String> ASSIGNED_IN_POSTGRES = Set.of("text", "varchar", "char", "citext");

    /** Returns the columns of a table by their names in lower case. */
    static Map<String, FoundColumn> of(Connection connection, Database database, TableName table) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        Map<String, PostgresType> types =
                database == Database.POSTGRESQL ? PostgresType.of(connection, table) : Map.of();
        String pattern = table.table().replace("_", metaData.getSearchStringEscape() + "_");
        Map<String, FoundColumn> columns = new LinkedHashMap<>();
        try (ResultSet found = metaData.getColumns(table.catalog(), table.schema(), pattern, null)) {
            while (found.next()) {
                if (found.getString("TABLE_NAME").equals(table.table())) {
                    FoundColumn column = of(found, database, types.get(found.getString("COLUMN_NAME")));
                    columns.put(column.name.toLowerCase(Locale.ROOT), column);
                }
            }
        }
        return columns;
    }

    private static FoundColumn of(ResultSet found, Database database, @Nullable PostgresType postgres)
            throws SQLException {
        String declared = found.getString("TYPE_NAME");
        String type = postgres == null ? declared.toLowerCase(Locale.ROOT).replaceAll("\\(.*\\)", "") : postgres.type();
        boolean counts = "YES".equals(found.getString("IS_AUTOINCREMENT"));
        boolean generated = "YES".equals(found.getString("IS_GENERATEDCOLUMN"))
                || postgres != null && postgres.alwaysIdentity()
                || counts && database == Database.MYSQL; // it replaces 0
        return new FoundColumn(
                found.getString("COLUMN_NAME"),
                SAME.getOrDefault(type, type),
                postgres == null ? declared : postgres.cast(),
                found.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls,
                found.getString("COLUMN_DEF") != null || counts || generated,
                generated);
    }

    /** Returns whether it stores values of a kind without loss. */
    boolean stores(Kind kind, Database database) {
        return kind.columnTypes(database).contains(type);
    }

    /** Returns the type for a cast of a parameter of this kind; empty if the parameter has a suitable type. */
    String cast(Kind kind, Database database) {
        return switch (database) {
            case POSTGRESQL -> castInPostgres(kind);
            case H2 -> castInH2(kind);
            case MYSQL -> "";
        };
    }

    private String castInPostgres(Kind kind) {
        return switch (kind) {
            case LONG, INTEGER, BOOLEAN, DOUBLE -> "";
            // an explicit cast to varchar(n), or to a domain of it, would cut a text that is too long, without an error
            default -> ASSIGNED_IN_POSTGRES.contains(type) ? "" : sqlType;
        };
    }

    private String castInH2(Kind kind) {
        return switch (kind) {
            case TEXT, ENUM -> "";
            case JSON -> type.equals("json") ? ArraySql.FORMAT_JSON : "";
            case DECIMAL, BIG_INTEGER -> "decfloat(1000)"; // numeric without a scale has the scale 0
            case LONG -> "bigint";
            case INTEGER -> "integer";
            default -> sqlType;
        };
    }
}

package io.triggerquery.consumer.internal.table;

import io.triggerquery.consumer.internal.database.Database;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A column as the database describes it.
 *
 * @param name its name
 * @param type its type without lengths, in lower case, by its name in SQL
 * @param declared its type as the driver names it
 * @param nullable whether it may be null
 * @param hasValue whether the database fills it by itself: a default value, an identity, or an expression
 * @param generated whether it can't be written
 */
record FoundColumn(String name, String type, String declared, boolean nullable, boolean hasValue, boolean generated) {

    private static final Map<String, String> SAME = Map.of(
            "serial", "integer",
            "int4", "integer",
            "bigserial", "bigint",
            "int8", "bigint",
            "bool", "boolean",
            "bpchar", "char",
            "float8", "double precision",
            "float", "double precision");

    /** Returns the columns of a table by their names in lower case. */
    static Map<String, FoundColumn> of(Connection connection, TableName table) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        String pattern = table.table().replace("_", metaData.getSearchStringEscape() + "_");
        Map<String, FoundColumn> columns = new LinkedHashMap<>();
        try (ResultSet found = metaData.getColumns(table.catalog(), table.schema(), pattern, null)) {
            while (found.next()) {
                if (found.getString("TABLE_NAME").equals(table.table())) {
                    FoundColumn column = of(found);
                    columns.put(column.name.toLowerCase(Locale.ROOT), column);
                }
            }
        }
        return columns;
    }

    private static FoundColumn of(ResultSet found) throws SQLException {
        String declared = found.getString("TYPE_NAME");
        String type = declared.toLowerCase(Locale.ROOT).replaceAll("\\(.*\\)", "");
        boolean generated = "YES".equals(found.getString("IS_GENERATEDCOLUMN"));
        boolean hasValue =
                found.getString("COLUMN_DEF") != null || "YES".equals(found.getString("IS_AUTOINCREMENT")) || generated;
        return new FoundColumn(
                found.getString("COLUMN_NAME"),
                SAME.getOrDefault(type, type),
                declared,
                found.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls,
                hasValue,
                generated);
    }

    /** Returns whether it stores values of a kind without loss. */
    boolean stores(Kind kind, Database database) {
        return kind.columnTypes(database).contains(type)
                || database == Database.POSTGRESQL && (kind == Kind.ENUM || kind == Kind.TEXT) && isOwnType();
    }

    /** Returns whether it is of a type that the application has created, such as an enum of PostgreSQL. */
    private boolean isOwnType() {
        for (Kind kind : Kind.values()) {
            if (kind.columnTypes(Database.POSTGRESQL).contains(type)) {
                return false;
            }
        }
        return !PostgresTypes.BUILT_IN.contains(type);
    }

    /** Returns the type for a cast of a parameter of this kind; empty if the parameter has a suitable type. */
    String cast(Kind kind, Database database) {
        return switch (database) {
            case POSTGRESQL -> isText(kind) && !declared.equals("text") ? castInPostgres(kind) : "";
            case H2 -> castInH2(kind);
            case MYSQL -> "";
        };
    }

    private static boolean isText(Kind kind) {
        return switch (kind) {
            case LONG, INTEGER, BOOLEAN, DOUBLE -> false;
            default -> true;
        };
    }

    private String castInPostgres(Kind kind) {
        // an explicit cast to varchar(n) would cut a text that is too long, without an error
        return (kind == Kind.TEXT || kind == Kind.ENUM)
                        && Kind.TEXT.columnTypes(Database.POSTGRESQL).contains(type)
                ? ""
                : declared;
    }

    private String castInH2(Kind kind) {
        return switch (kind) {
            case TEXT, ENUM -> "";
            case JSON -> type.equals("json") ? ArraySql.FORMAT_JSON : "";
            case DECIMAL, BIG_INTEGER -> "decfloat(1000)"; // numeric without a scale has the scale 0
            case LONG -> "bigint";
            case INTEGER -> "integer";
            default -> declared;
        };
    }
}

package io.triggerquery.consumer.internal.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * The type of a column in PostgreSQL; JDBC's metadata does not have what domains are made of.
 *
 * @param type the type, below domains, without a schema; {@code enum} for every enum
 * @param cast the type with its schema, quoted
 * @param alwaysIdentity whether it is an identity that can't be written
 */
record PostgresType(String type, String cast, boolean alwaysIdentity) {

    /** Selects a table by its schema and name. */
    static final String TABLE = "format('%I.%I', cast(? as text), cast(? as text))::regclass";

    private static final String TYPES = """
            with recursive stored (relation, number, stored_type) as (
                select attrelid, attnum, atttypid from pg_attribute
                 where attrelid = %s and attnum > 0 and not attisdropped
                union all
                select relation, number, typbasetype from stored join pg_type on oid = stored_type where typtype = 'd')
            select attname, case typtype when 'e' then 'enum' else typname end, format('%%I.%%I', nspname, typname),
                   attidentity = 'a'
              from stored
              join pg_attribute on attrelid = relation and attnum = number
              join pg_type on pg_type.oid = stored_type
              join pg_namespace on pg_namespace.oid = typnamespace
             where typtype <> 'd'
            """;

    /** Returns the types of a table's columns by their names. */
    static Map<String, PostgresType> of(Connection connection, TableName table) throws SQLException {
        Map<String, PostgresType> types = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(TYPES.formatted(TABLE))) {
            select.setString(1, table.schema());
            select.setString(2, table.table());
            try (ResultSet columns = select.executeQuery()) {
                while (columns.next()) {
                    types.put(
                            columns.getString(1),
                            new PostgresType(columns.getString(2), columns.getString(3), columns.getBoolean(4)));
                }
            }
        }
        return types;
    }
}

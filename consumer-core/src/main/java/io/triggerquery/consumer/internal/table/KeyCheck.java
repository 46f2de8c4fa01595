package io.triggerquery.consumer.internal.table;

import io.triggerquery.consumer.internal.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Checks what would let one id overwrite another one. */
record KeyCheck(Connection connection, Database database, TableName table) {

    /** Why the key takes different ids for the same one. */
    private static final String LOOSE_IN_POSTGRES = """
            select 'has the collation ' || collname
              from pg_attribute join pg_collation on pg_collation.oid = attcollation
             where attrelid = %s and attname = ? and not collisdeterministic
            """.formatted(PostgresType.TABLE);

    private static final String LOOSE_IN_MYSQL = """
            select case when s.sub_part is null then concat('has the collation ', c.collation_name)
                        else concat('has only ', s.sub_part, ' characters in the key') end
              from information_schema.columns c
              join information_schema.statistics s
                on s.table_schema = c.table_schema and s.table_name = c.table_name and s.column_name = c.column_name
             where s.index_name = 'PRIMARY' and c.table_schema = ? and c.table_name = ? and c.column_name = ?
               and (s.sub_part is not null or right(c.collation_name, 4) <> '_bin')
            """;

    /** Makes the exception for a column, or for the table if the column is null. */
    interface Failure {
        RuntimeException of(@Nullable String column, String what, String action);
    }

    void run(String id, Failure failure) throws SQLException {
        switch (database) {
            case POSTGRESQL -> checkLoose(LOOSE_IN_POSTGRES, table.schema(), id, "\"C\"", failure);
            case MYSQL -> {
                checkLoose(LOOSE_IN_MYSQL, table.catalog(), id, "utf8mb4_bin", failure);
                checkUniqueIndexes(failure);
                checkMode(failure);
            }
            case H2 -> {}
        }
    }

    private void checkLoose(String sql, @Nullable String schema, String id, String collation, Failure failure)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, schema);
            select.setString(2, table.table());
            select.setString(3, id);
            try (ResultSet loose = select.executeQuery()) {
                if (loose.next()) {
                    throw failure.of(
                            id,
                            loose.getString(1) + ", which treats different ids as equal",
                            "Give it a collation that compares bytes, collate " + collation
                                    + ", and make all of it the key.");
                }
            }
        }
    }

    /** Another unique index would make an insert of an id an update of the row that has the same value there. */
    private void checkUniqueIndexes(Failure failure) throws SQLException {
        try (ResultSet indexes =
                connection.getMetaData().getIndexInfo(table.catalog(), table.schema(), table.table(), true, true)) {
            while (indexes.next()) {
                String index = indexes.getString("INDEX_NAME");
                if (index != null && !index.equals("PRIMARY") && !indexes.getBoolean("NON_UNIQUE")) {
                    throw failure.of(
                            null,
                            "has the unique index " + index + " besides its key; MySQL and MariaDB would update the"
                                    + " row of another id with the same value there",
                            "Make it a plain index.");
                }
            }
        }
    }

    /** Without a strict mode what is too long is cut, an id for example, and what is out of range is changed. */
    private void checkMode(Failure failure) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet mode = statement.executeQuery("select @@sql_mode like '%STRICT_%'")) {
            if (mode.next() && !mode.getBoolean(1)) {
                throw failure.of(
                        null,
                        "is written by connections whose sql_mode is not strict: values that are too long would be cut"
                                + " without an error",
                        "Add STRICT_TRANS_TABLES to sql_mode.");
            }
        }
    }
}

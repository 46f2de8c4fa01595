package io.triggerquery.consumer.internal.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.BiFunction;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** Checks what would let one id overwrite another one in MySQL and MariaDB. */
record MySqlCheck(Connection connection, TableName table) {

    private static final String COLLATION = """
            select c.column_name, c.collation_name
              from information_schema.columns c
              join information_schema.key_column_usage k
                on k.table_schema = c.table_schema and k.table_name = c.table_name and k.column_name = c.column_name
             where c.table_schema = ? and c.table_name = ? and k.constraint_name = 'PRIMARY'
               and c.collation_name is not null and c.collation_name not like '%\\_bin'
            """;

    void run(BiFunction<String, String, FailureAnalyzedException> failure) throws SQLException {
        checkCollation(failure);
        checkUniqueIndexes(failure);
    }

    private void checkCollation(BiFunction<String, String, FailureAnalyzedException> failure) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COLLATION)) {
            statement.setString(1, table.catalog());
            statement.setString(2, table.table());
            try (ResultSet loose = statement.executeQuery()) {
                if (loose.next()) {
                    throw failure.apply(
                            "has the id " + loose.getString(1) + " with the collation " + loose.getString(2)
                                    + ", which takes different ids for the same one",
                            "Give the column a binary collation: collate utf8mb4_bin.");
                }
            }
        }
    }

    /** Another unique index would make an insert of an id an update of the row that has the same value there. */
    private void checkUniqueIndexes(BiFunction<String, String, FailureAnalyzedException> failure) throws SQLException {
        try (ResultSet indexes =
                connection.getMetaData().getIndexInfo(table.catalog(), table.schema(), table.table(), true, true)) {
            while (indexes.next()) {
                String index = indexes.getString("INDEX_NAME");
                if (index != null && !index.equals("PRIMARY") && !indexes.getBoolean("NON_UNIQUE")) {
                    throw failure.apply(
                            "has the unique index " + index + " besides its key; MySQL and MariaDB would update the"
                                    + " row of another id with the same value there",
                            "Make it a plain index.");
                }
            }
        }
    }
}

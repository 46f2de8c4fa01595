package io.triggerquery.consumer.internal.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * The statements for one table.
 *
 * <p>Threads: any. Bounds: a statement takes at most {@link #rowsAtOnce()} rows.
 */
interface TableSql {

    static TableSql of(Table table) {
        return switch (table.database()) {
            case POSTGRESQL -> ArraySql.postgres(table);
            case H2 -> ArraySql.h2(table);
            case MYSQL -> new MySql(table);
        };
    }

    /** Returns the number of rows that one statement takes. */
    int rowsAtOnce();

    /** Returns the statement that inserts rows and updates those that are not newer. */
    String upsert(int rows);

    /** Returns the statement that inserts rows, and fails if one of them exists. */
    String insert(int rows);

    /** Sets the parameters of {@link #upsert} and {@link #insert}. */
    void bind(PreparedStatement statement, Connection connection, List<Row> rows) throws SQLException;

    /** Returns a condition on the id for a number of ids. */
    String idIn(int ids);

    /** Sets the parameters of {@link #idIn}, the first ones of a statement. */
    void bindIds(PreparedStatement statement, Connection connection, List<? extends Comparable<?>> ids)
            throws SQLException;
}

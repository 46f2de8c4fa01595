package io.triggerquery.consumer.internal.table;

import io.triggerquery.consumer.ResyncSource.Entry;
import io.triggerquery.consumer.ResyncSource.Page;
import io.triggerquery.consumer.internal.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads ids and versions from a table. A tombstone whose version is not known counts as no row. */
record StoredVersions(Table table, TableSql sql) {

    private static final int PAGE = 500;

    List<Entry> ofIds(Connection connection, List<? extends Comparable<?>> ids, TableWriter.StatementLimit limit)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(select() + " where " + sql.idIn(ids.size()))) {
            limit.apply(statement);
            sql.bindIds(statement, connection, ids);
            return entries(statement, new ArrayList<>());
        }
    }

    Page page(Connection connection, @Nullable Comparable<?> after, TableWriter.StatementLimit limit)
            throws SQLException {
        String id = table.idColumn().name();
        try (PreparedStatement statement = connection.prepareStatement(
                select() + (after == null ? "" : " where " + id + " > ?") + " order by " + id + " limit " + PAGE)) {
            limit.apply(statement);
            if (after != null) {
                statement.setObject(
                        1,
                        table.database() == Database.MYSQL
                                ? table.idColumn().kind().parameter(after)
                                : after);
            }
            List<String> ids = new ArrayList<>();
            List<Entry> entries = entries(statement, ids);
            return new Page(entries, ids.size() < PAGE ? null : ids.get(PAGE - 1));
        }
    }

    private String select() {
        String deleted = table.extra().deleted();
        return "select " + table.idColumn().name() + ", "
                + table.versionColumn().name() + (deleted == null ? "" : ", " + deleted) + " from " + table.name();
    }

    private List<Entry> entries(PreparedStatement statement, List<String> ids) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getString(1));
                long version = rows.getLong(2);
                if (version >= 0) {
                    entries.add(new Entry(
                            rows.getString(1), version, table.extra().deleted() != null && rows.getBoolean(3)));
                }
            }
        }
        return entries;
    }
}

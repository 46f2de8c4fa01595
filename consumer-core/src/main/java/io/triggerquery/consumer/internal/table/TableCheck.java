package io.triggerquery.consumer.internal.table;

import io.triggerquery.consumer.internal.database.Database;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** Finds the table of a record and checks that it can store the record. */
final class TableCheck {

    private final Connection connection;
    private final RecordLayout<?> layout;
    private final Database database;
    private final TableName name;
    private final Map<String, FoundColumn> found;

    private TableCheck(Connection connection, RecordLayout<?> layout, Database database, TableName name)
            throws SQLException {
        this.connection = connection;
        this.layout = layout;
        this.database = database;
        this.name = name;
        this.found = FoundColumn.of(connection, database, name);
    }

    /**
     * Checks the table.
     *
     * @throws FailureAnalyzedException if it does not exist or does not fit; the message names table, column and remedy
     */
    static Table of(Connection connection, RecordLayout<?> layout) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        String product = metaData.getDatabaseProductName() + " " + metaData.getDatabaseProductVersion();
        Database database = Database.of(metaData)
                .orElseThrow(() -> failure(
                        layout,
                        "is in a database of the product " + product,
                        "Ready-made projections support " + Database.SUPPORTED
                                + ". Write a listener method with your own SQL."));
        Optional<TableName> table =
                TableName.find(connection, database, layout.annotation().table());
        if (table.isEmpty()) {
            throw missing(connection, layout, database);
        }
        return new TableCheck(connection, layout, database, table.get()).table();
    }

    private static FailureAnalyzedException missing(Connection connection, RecordLayout<?> layout, Database database)
            throws SQLException {
        String written = layout.annotation().table();
        List<String> elsewhere = TableName.anywhere(connection, database, written).stream()
                .map(TableName::readable)
                .toList();
        if (!elsewhere.isEmpty()) {
            return failure(
                    layout,
                    "has no table '" + written + "' in the schema that its connections use, but there is "
                            + String.join(", ", elsewhere),
                    "Write the schema too: table = \"" + elsewhere.get(0) + "\".");
        }
        return failure(
                layout,
                "has no table '" + written + "' in its database",
                "Create it, in a migration for example, or correct @TriggerQueryProjection(table = ...). The statement"
                        + " could be: "
                        + Suggestion.createTable(layout, database));
    }

    private Table table() throws SQLException {
        checkKey();
        List<Table.Col> columns = new ArrayList<>();
        for (int i = 0; i < layout.properties().size(); i++) {
            columns.add(column(i));
        }
        String deleted = extra("deletedColumn", layout.annotation().deletedColumn(), Kind.BOOLEAN, true);
        String appliedAt = extra("appliedAtColumn", layout.annotation().appliedAtColumn(), Kind.INSTANT, false);
        checkOthers();
        String id = existing(layout.properties().get(layout.id()).column(), "the id")
                .name();
        new KeyCheck(connection, database, name)
                .run(
                        id,
                        (column, what, action) ->
                                failure(column == null ? "The table" : "The column " + column, what, action));
        return new Table(
                database,
                name.quoted(database),
                columns,
                layout.id(),
                layout.version(),
                new Table.Extra(deleted, appliedAt, layout.annotation().guarded()));
    }

    private void checkKey() throws SQLException {
        Set<String> key = new TreeSet<>();
        try (ResultSet columns = connection.getMetaData().getPrimaryKeys(name.catalog(), name.schema(), name.table())) {
            while (columns.next()) {
                key.add(columns.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
            }
        }
        String id = layout.properties().get(layout.id()).column();
        if (key.isEmpty()) {
            throw failure(
                    "The table", "has no primary key", "Make the column of the id the key: primary key (" + id + ").");
        }
        if (!key.equals(Set.of(id.toLowerCase(Locale.ROOT)))) {
            throw failure(
                    "The table",
                    "has the primary key (" + String.join(", ", key) + "), but the @Id of the record is the column "
                            + id,
                    "Make " + id + " the only column of the key, or mark the component of the key with @Id.");
        }
    }

    private Table.Col column(int index) {
        Property property = layout.properties().get(index);
        FoundColumn column = existing(property.column(), "the component '" + property.name() + "'");
        String named = "The column " + column.name();
        if (!column.stores(property.kind(), database) || index == layout.id() && isLoose(column)) {
            throw failure(
                    named,
                    "is of the type " + column.type() + ", which does not store the component '" + property.name()
                            + "' as it is",
                    "Change its type to one of: "
                            + String.join(", ", new TreeSet<>(property.kind().columnTypes(database)))
                            + (property.kind() == Kind.JSON ? "." : "; or change the type of the component."));
        }
        if (column.generated()) {
            throw failure(
                    named,
                    "is filled by the database itself: it is generated, an identity or auto_increment",
                    "Declare it as a plain column, or remove its component from the record.");
        }
        if (index == layout.version() && column.nullable()) {
            throw failure(
                    named,
                    "holds the version and may be null, so that versions could not be compared",
                    "Declare it as not null.");
        }
        if (layout.hasTombstones() && index != layout.id() && index != layout.version() && !column.nullable()) {
            throw failure(
                    named,
                    "is not null, but the row of a deleted id has no values",
                    "Make it nullable, or remove deletedColumn and set guarded = true, which deletes such rows.");
        }
        return new Table.Col(
                TableName.quote(database, column.name()), property.kind(), column.cast(property.kind(), database));
    }

    /**
     * Returns whether a column may find an id equal to another one, without regard to case, or to blanks at its end; or
     * may not be compared with a text.
     */
    private boolean isLoose(FoundColumn id) {
        // in MySQL and MariaDB that depends on the collation
        return database != Database.MYSQL
                && Set.of("citext", "char", "character", "varchar_ignorecase", "enum")
                        .contains(id.type());
    }

    private FoundColumn existing(String column, String of) {
        FoundColumn existing = found.get(column.toLowerCase(Locale.ROOT));
        if (existing == null) {
            throw failure(
                    "The table",
                    "has no column " + column + " for " + of,
                    "Add it, or name another one"
                            + (of.startsWith("the component") ? ": @Column(\"...\")." : ".") + " The table has: "
                            + String.join(", ", found.keySet()) + ".");
        }
        return existing;
    }

    private @Nullable String extra(String attribute, String column, Kind kind, boolean notNull) {
        if (column.isEmpty()) {
            return null;
        }
        FoundColumn existing = existing(column, attribute + " of @TriggerQueryProjection");
        if (!existing.stores(kind, database) || notNull && existing.nullable()) {
            throw failure(
                    "The column " + existing.name(),
                    "is of the type " + existing.type() + (existing.nullable() ? "" : " not null")
                            + ", which is not suitable for " + attribute,
                    "Declare it as " + kind.columnTypes(database).iterator().next() + (notNull ? " not null." : "."));
        }
        return TableName.quote(database, existing.name());
    }

    private void checkOthers() {
        Set<String> filled = new HashSet<>();
        layout.properties().forEach(property -> filled.add(property.column().toLowerCase(Locale.ROOT)));
        filled.add(layout.annotation().deletedColumn().toLowerCase(Locale.ROOT));
        filled.add(layout.annotation().appliedAtColumn().toLowerCase(Locale.ROOT));
        found.forEach((lowerCase, column) -> {
            if (!filled.contains(lowerCase) && !column.nullable() && !column.hasValue()) {
                throw failure(
                        "The column " + column.name(),
                        "is not null and has no default value, and no component of the record fills it",
                        "Add a component, a default value, or let it be null.");
            }
        });
    }

    private FailureAnalyzedException failure(String subject, String what, String action) {
        return failure(
                layout,
                "is written to " + name.readable() + ". "
                        + (subject.equals("The table") ? "This table" : subject + " of this table") + " " + what,
                action);
    }

    private static FailureAnalyzedException failure(RecordLayout<?> layout, String what, String action) {
        return new FailureAnalyzedException("The projection " + layout.type().getName() + " " + what + ".", action);
    }
}

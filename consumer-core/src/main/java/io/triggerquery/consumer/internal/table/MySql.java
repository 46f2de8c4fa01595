package io.triggerquery.consumer.internal.table;

import io.triggerquery.consumer.internal.table.Table.Col;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements for MySQL and MariaDB: an insert of many rows. {@code values(column)} is deprecated in MySQL, but the
 * only form that both know.
 *
 * <p>Assignments take effect one after the other, so the columns that are compared are assigned last. A row whose
 * columns all keep their values is not written.
 */
final class MySql implements TableSql {

    private static final int ROWS_AT_ONCE = 1_000;

    private final Table table;
    private final String insert;
    private final String row;
    private final String onDuplicate;

    MySql(Table table) {
        this.table = table;
        String applied = table.extra().appliedAt();
        this.insert = "insert into " + table.name() + " (" + String.join(", ", table.written())
                + (applied == null ? "" : ", " + applied) + ") values ";
        this.row = "(" + marks(table.written().size()) + (applied == null ? ")" : ", utc_timestamp(6))");
        this.onDuplicate = " on duplicate key update " + String.join(", ", assignments());
    }

    private static String marks(int number) {
        return String.join(", ", Collections.nCopies(number, "?"));
    }

    private List<String> assignments() {
        String version = table.versionColumn().name();
        String deleted = table.extra().deleted();
        String replaces = replaces();
        List<String> all = new ArrayList<>();
        String applied = table.extra().appliedAt();
        if (applied != null) {
            String changes = differences().collect(Collectors.joining(" or "));
            all.add(assignment(applied, "(" + replaces + ") and (" + changes + ")"));
        }
        table.content().forEach(column -> all.add(assignment(column.name(), replaces)));
        if (deleted != null) {
            all.add(assignment(deleted, replaces));
        }
        all.add(version + " = "
                + (table.extra().guarded()
                        ? "values(" + version + ")"
                        : "greatest(" + version + ", values(" + version + "))"));
        return all;
    }

    private static String assignment(String column, String condition) {
        return column + " = if(" + condition + ", values(" + column + "), " + column + ")";
    }

    private String replaces() {
        String version = table.versionColumn().name();
        String deleted = table.extra().deleted();
        if (table.extra().guarded()) {
            return "true";
        }
        return deleted == null
                ? version + " <= values(" + version + ")"
                : "values(" + version + ") = " + Row.UNKNOWN + " or (" + version + ", " + deleted + ") <= (values("
                        + version + "), values(" + deleted + "))";
    }

    private Stream<String> differences() {
        Stream<String> columns = table.columns().stream()
                .filter(column -> column != table.idColumn())
                .map(Col::name);
        String deleted = table.extra().deleted();
        if (deleted == null) {
            return columns.map(MySql::differs);
        }
        // the version of a tombstone may be unknown, and is not written then
        String version = table.versionColumn().name();
        return Stream.concat(
                columns.filter(name -> !name.equals(version)).map(MySql::differs),
                Stream.of(differs(deleted), version + " < values(" + version + ")"));
    }

    private static String differs(String column) {
        return "not (" + column + " <=> values(" + column + "))";
    }

    @Override
    public int rowsAtOnce() {
        return ROWS_AT_ONCE;
    }

    @Override
    public String upsert(int rows) {
        return insert(rows) + onDuplicate;
    }

    @Override
    public String insert(int rows) {
        return insert + String.join(", ", Collections.nCopies(rows, row));
    }

    @Override
    public void bind(PreparedStatement statement, Connection connection, List<Row> rows) throws SQLException {
        int index = 0;
        for (Row one : rows) {
            if (one.id().endsWith(" ")) {
                throw new IllegalArgumentException("The id '" + one.id()
                        + "' ends with a blank, which the comparison of" + " texts in MySQL and MariaDB ignores");
            }
            for (int i = 0; i < table.columns().size(); i++) {
                Object value = one.values()[i];
                Kind kind = table.columns().get(i).kind();
                statement.setObject(++index, value == null ? null : kind.parameter(value));
            }
            if (table.extra().deleted() != null) {
                statement.setBoolean(++index, one.deleted());
            }
        }
    }

    @Override
    public String idIn(int ids) {
        return table.idColumn().name() + " in (" + marks(ids) + ")";
    }

    @Override
    public void bindIds(PreparedStatement statement, Connection connection, List<? extends Comparable<?>> ids)
            throws SQLException {
        for (int i = 0; i < ids.size(); i++) {
            statement.setObject(i + 1, table.idColumn().kind().parameter(ids.get(i)));
        }
    }
}

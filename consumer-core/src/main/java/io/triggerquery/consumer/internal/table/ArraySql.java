package io.triggerquery.consumer.internal.table;

import io.triggerquery.consumer.internal.table.Table.Col;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The statements for databases with arrays: a parameter for each column, whatever the number of rows is. So the text of
 * the statement is constant, and the database prepares it once.
 */
final class ArraySql implements TableSql {

    /** An array of values as the parameter for a column: its type, and each of its elements. */
    private record Elements(String type, Function<Object, Object> element, Function<Integer, Object[]> array) {

        static final Elements BOOLEANS = new Elements("bool", value -> value, Boolean[]::new);

        static Elements of(Kind kind) {
            // these are sent in binary form, everything else as text that the statement casts
            return switch (kind) {
                case LONG -> new Elements("int8", value -> value, Long[]::new);
                case INTEGER -> new Elements("int4", value -> value, Integer[]::new);
                case BOOLEAN -> BOOLEANS;
                case DOUBLE -> new Elements("float8", value -> value, Double[]::new);
                default -> text(kind);
            };
        }

        static Elements text(Kind kind) {
            return new Elements("text", kind::text, String[]::new);
        }
    }

    /** The type of a column of H2 with JSON. */
    static final String FORMAT_JSON = "json of h2";

    private final Table table;
    private final List<Elements> elements;
    private final String upsert;
    private final String insert;
    private final String idIn;

    private ArraySql(Table table, List<Elements> elements, String upsert, String insert, String idIn) {
        this.table = table;
        this.elements = elements;
        this.upsert = upsert;
        this.insert = insert;
        this.idIn = idIn;
    }

    static ArraySql postgres(Table table) {
        List<Elements> elements = table.columns().stream()
                .map(column -> Elements.of(column.kind()))
                .toList();
        String proposed = "select " + selected(table, column -> cast(column, "proposed.")) + " from unnest("
                + arrays(table, elements) + ") as proposed (" + String.join(", ", table.written()) + ")";
        String insert = "insert into " + table.name() + " as kept (" + target(table) + ") " + proposed;
        String upsert = insert + " on conflict (" + table.idColumn().name() + ") do update set "
                + assignments(table, "excluded") + " where " + new Comparison(table, "kept", "excluded").replaces();
        String ids = "?::" + elements.get(table.id()).type() + "[]";
        return new ArraySql(
                table,
                elements,
                upsert,
                insert,
                table.idColumn().name() + " = any ("
                        + (table.idColumn().kind() == Kind.UUID_VALUE ? ids + "::uuid[]" : ids) + ")");
    }

    static ArraySql h2(Table table) {
        List<Elements> elements = table.columns().stream()
                .map(column -> Elements.text(column.kind()))
                .toList();
        String marks = Stream.generate(() -> "?").limit(table.written().size()).collect(Collectors.joining(", "));
        String answered = " from unnest(" + marks + ") as answered (" + String.join(", ", table.written()) + ")";
        String proposed = "select " + String.join(", ", cast(table));
        String insert = "insert into " + table.name() + " (" + target(table) + ") " + proposed
                + (table.extra().appliedAt() == null ? "" : ", current_timestamp") + answered;
        String upsert = "merge into " + table.name() + " as kept using (" + proposed + answered
                + ") as proposed on kept." + table.idColumn().name() + " = proposed."
                + table.idColumn().name() + " when matched and ("
                + new Comparison(table, "kept", "proposed").replaces() + ") then update set "
                + assignments(table, "proposed") + " when not matched then insert (" + target(table) + ") values ("
                + selected(table, column -> "proposed." + column.name()) + ")";
        return new ArraySql(
                table,
                elements,
                upsert,
                insert,
                "cast(" + table.idColumn().name() + " as character varying) = any (?)");
    }

    private static List<String> cast(Table table) {
        List<String> columns = new ArrayList<>(table.columns().stream()
                .map(column -> cast(column, "") + " as " + column.name())
                .toList());
        if (table.extra().deleted() != null) {
            columns.add(table.extra().deleted());
        }
        return columns;
    }

    private static String cast(Col column, String alias) {
        String name = alias + column.name();
        return switch (column.sqlType()) {
            case "" -> name;
            case FORMAT_JSON -> name + " format json"; // a cast would make a JSON string
            default -> "cast(" + name + " as " + column.sqlType() + ")";
        };
    }

    private static String arrays(Table table, List<Elements> elements) {
        String arrays = elements.stream().map(one -> "?::" + one.type() + "[]").collect(Collectors.joining(", "));
        return table.extra().deleted() == null ? arrays : arrays + ", ?::bool[]";
    }

    private static String target(Table table) {
        String written = String.join(", ", table.written());
        return table.extra().appliedAt() == null
                ? written
                : written + ", " + table.extra().appliedAt();
    }

    private static String selected(Table table, Function<Col, String> expression) {
        List<String> all =
                new ArrayList<>(table.columns().stream().map(expression).toList());
        if (table.extra().deleted() != null) {
            all.add("proposed." + table.extra().deleted());
        }
        if (table.extra().appliedAt() != null) {
            all.add("current_timestamp");
        }
        return String.join(", ", all);
    }

    private static String assignments(Table table, String proposed) {
        String version = table.versionColumn().name();
        List<String> all = new ArrayList<>(table.written().stream()
                .filter(name -> !name.equals(table.idColumn().name()))
                .map(name -> name + " = "
                        + (table.extra().deleted() != null && name.equals(version)
                                ? "greatest(kept." + name + ", " + proposed + "." + name + ")"
                                : proposed + "." + name))
                .toList());
        if (table.extra().appliedAt() != null) {
            all.add(table.extra().appliedAt() + " = current_timestamp");
        }
        return String.join(", ", all);
    }

    @Override
    public int rowsAtOnce() {
        return Integer.MAX_VALUE;
    }

    @Override
    public String upsert(int rows) {
        return upsert;
    }

    @Override
    public String insert(int rows) {
        return insert;
    }

    @Override
    public String idIn(int ids) {
        return idIn;
    }

    @Override
    public void bind(PreparedStatement statement, Connection connection, List<Row> rows) throws SQLException {
        for (int i = 0; i < elements.size(); i++) {
            int column = i;
            set(statement, i + 1, connection, elements.get(i), rows, row -> row.values()[column]);
        }
        if (table.extra().deleted() != null) {
            set(statement, elements.size() + 1, connection, Elements.BOOLEANS, rows, Row::deleted);
        }
    }

    @Override
    public void bindIds(PreparedStatement statement, Connection connection, List<? extends Comparable<?>> ids)
            throws SQLException {
        set(statement, 1, connection, elements.get(table.id()), ids, id -> id);
    }

    private static <T> void set(
            PreparedStatement statement,
            int index,
            Connection connection,
            Elements elements,
            List<? extends T> rows,
            Function<T, @Nullable Object> value)
            throws SQLException {
        Object[] array = elements.array().apply(rows.size());
        for (int i = 0; i < array.length; i++) {
            Object one = value.apply(rows.get(i));
            array[i] = one == null ? null : elements.element().apply(one);
        }
        Array parameter = connection.createArrayOf(elements.type(), array);
        statement.setArray(index, parameter);
        parameter.free();
    }
}

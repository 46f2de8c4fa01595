package io.triggerquery.consumer.internal.table;

import io.triggerquery.consumer.internal.database.Database;
import io.triggerquery.consumer.internal.table.Table.Col;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The condition under which a proposed row replaces the kept one, in PostgreSQL and H2.
 *
 * @param kept the alias of the kept row
 * @param proposed the alias of the proposed row
 */
record Comparison(Table table, String kept, String proposed) {

    String replaces() {
        Col version = table.versionColumn();
        String differs = differs(table.content().stream());
        String older = is(version, "<");
        String deleted = table.extra().deleted();
        if (table.extra().guarded()) {
            return differs(table.columns().stream().filter(column -> column != table.idColumn()));
        }
        if (deleted == null) {
            return older + " or (" + is(version, "=") + " and (" + differs + "))";
        }
        String before = kept + "." + deleted;
        String after = proposed + "." + deleted;
        return older + " or (" + proposed + "." + version.name() + " = " + Row.UNKNOWN + " and not " + before + ") or ("
                + is(version, "=") + " and (" + after + " and not " + before + " or " + before + " = " + after
                + " and (" + differs + ")))";
    }

    private String is(Col column, String operator) {
        return kept + "." + column.name() + " " + operator + " " + proposed + "." + column.name();
    }

    private String differs(Stream<Col> columns) {
        String any = columns.map(
                        column -> comparable(kept, column) + " is distinct from " + comparable(proposed, column))
                .collect(Collectors.joining(" or "));
        return any.isEmpty() ? "false" : any;
    }

    private String comparable(String row, Col column) {
        String name = row + "." + column.name();
        if (table.database() != Database.POSTGRESQL) {
            return name;
        }
        return switch (column.kind()) {
            case TEXT -> name + "::text collate \"C\""; // also of citext, which ignores case
            case JSON -> column.sqlType().equals("pg_catalog.json") ? name + "::text" : name; // json has no equality
            default -> name;
        };
    }
}

package io.triggerquery.consumer.internal.table;

import io.triggerquery.consumer.internal.database.Database;
import java.util.stream.Collectors;

/** Suggests a table for a record. */
final class Suggestion {

    private Suggestion() {}

    static String createTable(RecordLayout<?> layout, Database database) {
        String columns = layout.properties().stream()
                .map(property ->
                        property.column() + " " + type(property.kind(), database) + constraint(layout, property))
                .collect(Collectors.joining(", "));
        String deleted = layout.annotation().deletedColumn();
        String appliedAt = layout.annotation().appliedAtColumn();
        return "create table " + layout.annotation().table() + " (" + columns
                + (deleted.isEmpty() ? "" : ", " + deleted + " boolean not null")
                + (appliedAt.isEmpty() ? "" : ", " + appliedAt + " " + type(Kind.INSTANT, database)) + ")";
    }

    private static String constraint(RecordLayout<?> layout, Property property) {
        if (property.name().equals(layout.idName())) {
            return " primary key";
        }
        boolean notNull = property.name().equals(layout.versionName()) || !layout.hasTombstones();
        return notNull && !property.nullable() ? " not null" : "";
    }

    private static String type(Kind kind, Database database) {
        return switch (kind) {
            case TEXT, ENUM ->
                switch (database) {
                    case POSTGRESQL -> "text";
                    case MYSQL -> "varchar(256) collate utf8mb4_bin";
                    case H2 -> "varchar(256)";
                };
            case BOOLEAN -> "boolean";
            case INTEGER -> "integer";
            case LONG -> "bigint";
            case DOUBLE -> "double precision";
            case DECIMAL, BIG_INTEGER -> "numeric(38, 10)";
            case INSTANT -> database == Database.MYSQL ? "datetime(6)" : "timestamp(6) with time zone";
            case LOCAL_DATE -> "date";
            case LOCAL_DATE_TIME -> database == Database.MYSQL ? "datetime(6)" : "timestamp(6)";
            case UUID_VALUE -> database == Database.MYSQL ? "varchar(36)" : "uuid";
            case JSON -> database == Database.POSTGRESQL ? "jsonb" : "json";
        };
    }
}

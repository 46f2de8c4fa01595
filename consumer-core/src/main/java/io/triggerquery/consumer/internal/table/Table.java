package io.triggerquery.consumer.internal.table;

import io.triggerquery.consumer.internal.database.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table that has been found and checked, with the columns of a record. All names are quoted.
 *
 * @param database the product
 * @param name the name, with its schema
 * @param columns the columns of the record's components, in their order
 * @param id the index of the column with the id
 * @param version the index of the column with the version
 * @param extra the columns that no component has
 */
record Table(Database database, String name, List<Col> columns, int id, int version, Extra extra) {

    /**
     * A column.
     *
     * @param name its quoted name
     * @param kind how it is written and read
     * @param sqlType its type, as in a cast
     */
    record Col(String name, Kind kind, String sqlType) {}

    /**
     * The columns that the framework fills by itself.
     *
     * @param deleted marks a tombstone, or null if the table has none
     * @param appliedAt has the time of the last change, or null if no column has it
     * @param guarded whether a guard compares the versions, so that every state is to be written
     */
    record Extra(@Nullable String deleted, @Nullable String appliedAt, boolean guarded) {}

    Col idColumn() {
        return columns.get(id);
    }

    Col versionColumn() {
        return columns.get(version);
    }

    /** Returns the columns other than id and version. */
    List<Col> content() {
        return IntStream.range(0, columns.size())
                .filter(i -> i != id && i != version)
                .mapToObj(columns::get)
                .toList();
    }

    /** Returns the names of the columns that are written from parameters: the record's, then that of tombstones. */
    List<String> written() {
        List<String> names = new ArrayList<>(columns.stream().map(Col::name).toList());
        if (extra.deleted() != null) {
            names.add(extra.deleted());
        }
        return names;
    }
}

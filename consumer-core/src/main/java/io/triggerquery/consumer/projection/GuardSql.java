package io.triggerquery.consumer.projection;

import io.triggerquery.consumer.internal.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements of {@link GuardTable} that differ between databases. */
interface GuardSql {

    /** The maximum number of rows that one transaction purges. */
    int PURGED_AT_ONCE = 1_000;

    /**
     * A part of a purge.
     *
     * @param deleted the number of deleted tombstones
     * @param last the last id that was considered, or null if there is none left
     */
    record Purge(int deleted, @Nullable String last) {}

    static GuardSql of(Database database) {
        return switch (database) {
            case POSTGRESQL -> ArraySql.POSTGRESQL;
            case MYSQL -> MySql.INSTANCE;
            case H2 -> ArraySql.H2;
        };
    }

    /** Returns the table's columns. */
    String columns();

    /** Returns a projection's name or an id as a parameter. */
    Object parameter(String key);

    /** Returns the id in a column. */
    String id(ResultSet row, int column) throws SQLException;

    /**
     * Writes those rows that are not older than the existing ones, and locks all. Version {@link GuardRow#UNKNOWN}
     * keeps the version of the row.
     *
     * @param rows one for each id, in the order in which they are to be locked
     * @return the ids of the written rows
     */
    Set<String> admit(JdbcClient jdbc, String projection, List<GuardRow> rows);

    /** Returns the known versions. */
    Map<String, Long> versions(JdbcClient jdbc, String projection, Collection<String> ids);

    /** Deletes up to {@link #PURGED_AT_ONCE} tombstones of this age. Skips locked rows. */
    Purge purge(JdbcClient jdbc, String projection, String afterId, Duration age);
}

package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the intact rows of a damaged file: from the front up to the damage, then from the back.
 *
 * <p>Failure: none; rows that cannot be read are left out.
 */
final class DamagedFileReader {

    private static final Logger log = LoggerFactory.getLogger(DamagedFileReader.class);
    private static final String FORWARDS = "select * from waiting order by destination, id";
    private static final String BACKWARDS = "select * from waiting order by destination desc, id desc";

    private final Map<Key, SpoolRow> found = new LinkedHashMap<>();

    private DamagedFileReader() {}

    static Collection<SpoolRow> from(Path database) {
        DamagedFileReader reader = new DamagedFileReader();
        try (Connection connection = Sqlite.connectToRead(database)) {
            reader.read(connection, FORWARDS);
            reader.read(connection, BACKWARDS);
        } catch (SQLException e) {
            log.debug("No more rows can be read from {}", database, e);
        }
        return reader.found.values();
    }

    private void read(Connection connection, String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                add(rows);
            }
        } catch (SQLException e) {
            log.debug("The file is damaged after {} rows", found.size(), e);
        }
    }

    private void add(ResultSet rows) {
        try {
            SpoolRow row = Sqlite.row(rows);
            found.putIfAbsent(row.key(), row);
        } catch (SQLException e) {
            log.debug("A row is damaged", e);
        }
    }
}

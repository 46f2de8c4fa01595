package io.triggerquery.ctl.source;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** The file of a disk queue as an application writes it and keeps it open. */
public final class WaitingFile implements AutoCloseable {

    static final int LAYOUT = 1;

    private final Connection connection;

    public WaitingFile(Path directory) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("triggers.db"));
        execute("pragma journal_mode = wal");
        layout(LAYOUT);
        execute("""
                create table if not exists waiting (destination text not null, id text not null, version integer,
                    generation integer not null, since text not null, intent integer not null, parked text,
                    primary key (destination, id)) strict, without rowid
                """);
    }

    public WaitingFile put(String id, @Nullable Long version, @Nullable String parked) throws SQLException {
        return put(id, version, parked, "2026-07-01T10:00:00Z");
    }

    public WaitingFile put(String id, @Nullable Long version, @Nullable String parked, String since)
            throws SQLException {
        try (var put = connection.prepareStatement("insert into waiting values ('changed', ?, ?, 1, ?, 0, ?)")) {
            put.setString(1, id);
            put.setObject(2, version);
            put.setString(3, since);
            put.setString(4, parked);
            put.executeUpdate();
        }
        return this;
    }

    void layout(int version) throws SQLException {
        execute("pragma user_version = " + version);
    }

    void breakTable() throws SQLException {
        execute("drop table waiting");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** The file as its writer uses it. Threads: the writer's only. */
interface SpoolFile {

    /**
     * Writes rows in one transaction.
     *
     * @param touched the new row of each key; empty deletes the row
     * @param durable whether the write must survive a power failure after the return
     */
    void write(Map<Key, Optional<SpoolRow>> touched, boolean durable) throws SQLException;

    /** Returns whether the log exceeds its bound. Does not throw. */
    boolean hasLongLog();

    /**
     * Moves the content of the log to the database, so that the space of the log is used again; on a small disk that
     * may be all the space there is. Returns false if another program still reads the old state. Does not throw.
     */
    boolean emptyLog();

    /** Closes the file. Does not throw. */
    void close();
}

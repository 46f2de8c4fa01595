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
     * @param touched row by key; empty deletes it
     * @param lasting whether it must outlive a power failure that comes after the return
     */
    void write(Map<Key, Optional<SpoolRow>> touched, boolean lasting) throws SQLException;

    /** Whether the log has outgrown its bound. Does not throw. */
    boolean hasLongLog();

    /**
     * Moves what the log holds to its place, so that the log's room is used again: on a small disk that may be all the
     * room there is. Returns false if another program still reads what was there before. Does not throw.
     */
    boolean emptyLog();

    /** Does not throw. */
    void close();
}

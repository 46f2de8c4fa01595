package io.triggerquery.bench.peer;

import java.util.List;

/**
 * Writes states. An older version never overwrites a newer one.
 *
 * <p>Threads: any. Failure: throws, and nothing of the call has been written.
 */
interface Projection extends AutoCloseable {

    /** Writes a state; in a database, in a separate transaction. */
    void project(Billing billing);

    /** Writes states of distinct ids; in a database, in one transaction. */
    void project(List<Billing> billings);

    @Override
    void close();

    /** Creates the projection of the settings. */
    static Projection of(PeerSettings settings) {
        String url = settings.jdbcUrl();
        return url == null ? new MemoryProjection(settings.ids()) : new PostgresProjection(url);
    }
}

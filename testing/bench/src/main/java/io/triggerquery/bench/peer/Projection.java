package io.triggerquery.bench.peer;

import java.util.List;

/**
 * Where states go. An older version never overwrites a newer one.
 *
 * <p>Threads: any. Failure: throws, and nothing of the call has been written.
 */
interface Projection extends AutoCloseable {

    /** Writes a state; in a database, in a transaction of its own. */
    void project(Billing billing);

    /** Writes states, no id twice; in a database, all in one transaction. */
    void project(List<Billing> billings);

    @Override
    void close();

    /** The projection that the settings ask for. */
    static Projection of(PeerSettings settings) {
        String url = settings.jdbcUrl();
        return url == null ? new MemoryProjection(settings.ids()) : new PostgresProjection(url);
    }
}

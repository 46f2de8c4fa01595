package io.triggerquery.producer.internal.outbox;

import io.triggerquery.producer.internal.relay.Claimed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * The statements on the table {@code trigger_outbox} that differ between databases in more than an expression.
 *
 * <p>Each is called within a transaction with read committed isolation, which contains nothing else. Threads: any.
 */
interface TableStatements {

    /**
     * A claimed row.
     *
     * @param lag how long it had been due
     */
    record Row(Claimed claimed, Duration lag) {

        static Row of(ResultSet row, Duration lag) throws SQLException {
            return new Row(
                    new Claimed(
                            row.getLong("id"),
                            row.getLong("generation"),
                            TriggerTable.trigger(row),
                            row.getInt("attempts")),
                    lag);
        }
    }

    /**
     * Claims rows that are due and that no other transaction has locked.
     *
     * @param due the owner, the destination, and how long rows may have been due
     */
    List<Row> claim(Due due, int limit, Duration lease);

    /**
     * The rows of which a claim takes the first.
     *
     * @param lookBack how long they may have been due
     */
    record Due(String owner, String destination, Duration lookBack) {}

    /**
     * Deletes rows that were sent, or makes registrations that were not activated due later. Rows whose generation has
     * increased since their claim are due at once.
     *
     * @return the number of rows that were sent without an activation
     */
    int done(List<Claimed> sent);

    /** Changes rows by their ids. */
    void update(Clause assignments, List<Long> ids);

    /**
     * Changes all rows that fulfil a condition, except rows of transactions that have not committed, and counts them.
     */
    int update(Clause assignments, Clause condition);
}

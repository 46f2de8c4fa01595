package io.triggerquery.consumer.projection;

import io.triggerquery.consumer.projection.GuardSql.Purge;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Prevents an older state from overwriting a newer one, also when two instances process the same id, as they may after
 * a rebalance. For projections that can't compare versions in their own SQL.
 *
 * <pre>{@code
 * @TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
 * @Transactional
 * void project(Billing billing) {
 *     if (guard.admit("billing", billing.paymentId(), billing.version())) {
 *         payments.update(billing);
 *     }
 * }
 * }</pre>
 *
 * <p>It keeps one row for each id in the table {@code trigger_projection}, in the database of the projection and in the
 * transaction of the caller. The row and the state become durable together, or neither does. Call it before the
 * projection is written, in all code that writes the projection.
 *
 * <p>It admits states that are not older than the last admitted one. The same version is admitted again, which repeats
 * the same write. A tombstone supersedes the state of its own version; only a higher version restores the id.
 *
 * <p>Isolation: correct at READ COMMITTED, where an id that another transaction has admitted or refused waits for the
 * end of that transaction and is then compared with the result. At REPEATABLE READ and above the database ends such a
 * wait with a serialization failure, which is thrown, so that the round is repeated: also correct, but slower. MySQL
 * and MariaDB compare with the newest row at each level.
 *
 * <p>Threads: any. Bounds: one statement for each call, whatever the number of ids, and two for each thousand ids in
 * MySQL and MariaDB; their rows stay locked until the transaction ends, refused ones too. For several ids in one
 * transaction use the batch, which locks them in one order: calls in a loop can deadlock with another instance.
 * Failure: Spring's {@code DataAccessException}; in a database other than PostgreSQL, MySQL, MariaDB or H2, or without
 * the table, an {@code IllegalStateException}; and an {@code IllegalTransactionStateException} without a transaction
 * that commits the write: there is none, it is one of another DataSource or of JTA, it is read-only, or it has ended
 * and its listeners and callbacks run. Nothing is admitted then. A transaction manager that is not a bean needs {@link
 * EndedTransactions#LISTENER} as a listener; otherwise a call in {@code TransactionSynchronization.afterCommit} is not
 * detected.
 *
 * <p>Names of projections have 1 to 256 ASCII characters and no blanks, ids 1 to 256 bytes of UTF-8, versions are 0 or
 * more; other values cause an {@code IllegalArgumentException}.
 */
public final class ProjectionGuard {

    private static final int MAX_PAGE = 10_000;
    private static final Duration YOUNGEST_PURGED = Duration.ofMinutes(1);

    private final GuardTable table;

    /**
     * Creates a guard of the projections in a database. The application's transactions must be those of the same
     * DataSource.
     */
    public ProjectionGuard(DataSource dataSource) {
        this.table = new GuardTable(dataSource);
    }

    /**
     * Checks that the database is supported and has the table. The application's own guards are checked when it starts.
     *
     * @throws IllegalStateException if the database is not supported or the table is missing; the message names the
     *     remedy
     */
    public void checkTable() {
        table.check();
    }

    /**
     * Returns whether a state may be written, and stores its version if so.
     *
     * @return false if a newer version, or the deletion of this one, has been applied: then write nothing. Refusals are
     *     logged, at most once a minute
     */
    public boolean admit(String projection, String id, long version) {
        return admit(projection, new Candidate.Found(id, version));
    }

    /**
     * Returns whether an id may be deleted from the projection, and stores a tombstone if so.
     *
     * <p>Without a version the deletion is always admitted, and the tombstone keeps the last admitted version, so that
     * states up to that version are refused. This includes an id that the source creates again at such a version, until
     * the tombstone is purged or forgotten; the refusal is logged. Two errors remain possible, because the order of the
     * answers is unknown. A state above that version that was read before the deletion and is written after it restores
     * the id until the id is triggered again. An absence that was read before the id was created and is written after
     * it hides the id until its version grows or the tombstone is purged. A version avoids both: that of the absence,
     * if the source reports one, or a state "deleted" instead of an absence at the source. A trigger's version does
     * not, since it is only a lower bound stated by its sender.
     *
     * @param version the deletion's version; empty if it is unknown
     * @return false if a newer version has been applied: then delete nothing
     */
    public boolean admitAbsent(String projection, String id, OptionalLong version) {
        return admit(projection, new Candidate.Absent(id, version));
    }

    private boolean admit(String projection, Candidate candidate) {
        KeyRule.checkProjection(projection);
        return !table.admit(projection, List.of(GuardRow.of(candidate))).isEmpty();
    }

    /**
     * Returns those answers that may be written or deleted, and stores their versions, for many ids in one statement.
     *
     * <pre>{@code
     * payments.updateAll(guard.admit("billing", billings,
     *         billing -> new Candidate.Found(billing.paymentId(), billing.version())));
     * }</pre>
     *
     * <p>Of several answers for one id only the newest counts: an absence without a version, else the highest version,
     * else an absence rather than a state of the same version, else the last.
     *
     * @return the admitted answers, at most one for each id, in the order of their ids
     */
    public <T> List<T> admit(
            String projection, Collection<? extends T> answers, Function<? super T, ? extends Candidate> asCandidate) {
        KeyRule.checkProjection(projection);
        // sorted, so that all transactions lock in the same order and cannot deadlock
        Map<String, Contender<T>> newest = new TreeMap<>();
        for (T answer : answers) {
            var contender = new Contender<T>(GuardRow.of(asCandidate.apply(answer)), answer);
            newest.merge(contender.row().id(), contender, Contender::newer);
        }
        if (newest.isEmpty()) {
            return List.of();
        }
        Set<String> admitted = table.admit(
                projection, newest.values().stream().map(Contender::row).toList());
        return newest.values().stream()
                .filter(contender -> admitted.contains(contender.row().id()))
                .map(Contender::answer)
                .toList();
    }

    /**
     * Removes an id's row, so that the next answer is admitted regardless of its version. For an operator, if the
     * source has restarted its versions or a wrong version was admitted; then trigger the id, so that the listener
     * queries the source. It needs the transaction of the caller. An older answer that is being processed may be
     * written before the newer one: stop the projection of the id, or trigger it once more afterwards.
     *
     * @return false if the id has no row
     */
    public boolean forget(String projection, String id) {
        KeyRule.checkProjection(projection);
        return table.forget(projection, KeyRule.checkId(id));
    }

    /**
     * Returns the last admitted versions, tombstones included. Ids that were never admitted or whose version is unknown
     * are missing.
     */
    public Map<String, Long> versions(String projection, Collection<String> ids) {
        KeyRule.checkProjection(projection);
        return table.versions(projection, ids);
    }

    /**
     * Returns a page of the ids in the projection, deleted ones excluded, in the order of {@link String#compareTo}.
     * Only ids with characters from U+E000 on, such as emoji, are in the order of their code points in databases other
     * than H2.
     *
     * @param afterId the last id of the page before; empty for the first page
     * @param limit the size of a page, 1 to 10000; a page with fewer ids is the last
     */
    public List<String> idsAfter(String projection, String afterId, int limit) {
        KeyRule.checkProjection(projection);
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("The limit is " + limit + ": a page has 1 to " + MAX_PAGE + " ids");
        }
        return table.idsAfter(projection, afterId, limit);
    }

    /**
     * Deletes tombstones that have reached an age by the database's clock. Call it periodically, by a scheduler of the
     * application; several instances may do so concurrently. It reads all rows of the projection, and deletes a
     * thousand rows in each transaction, or all in the caller's transaction if there is one.
     *
     * @param age at least one minute. It must exceed the longest time between the moment at which a source reads a
     *     state and the commit of its projection: retries, read timeout and transaction, and in particular the longest
     *     suspension of a process, such as that of a suspended machine; also the lag of a read replica, if one answers.
     *     A day suffices for most applications
     * @return the number of deleted tombstones
     */
    public int purgeTombstones(String projection, Duration age) {
        KeyRule.checkProjection(projection);
        if (age.compareTo(YOUNGEST_PURGED) < 0) {
            throw new IllegalArgumentException("The age is " + age + ", but a tombstone is kept for at least a minute,"
                    + " better a day, because an older answer may still be processed");
        }
        int purged = 0;
        String last = "";
        while (last != null) {
            Purge part = table.purgeAfter(projection, last, age);
            purged += part.deleted();
            last = part.last();
        }
        return purged;
    }

    private record Contender<T>(GuardRow row, T answer) {

        Contender<T> newer(Contender<T> later) {
            return later.row.compareTo(row) >= 0 ? later : this;
        }
    }
}

package io.triggerquery.consumer.projection;

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
 * Prevents an older state from overwriting a newer one, also when two instances process the same id, as they may right
 * after a rebalance. For projections that can't put the version into their own SQL.
 *
 * <pre>{@code
 * @TriggerQueryListener(topic = "billing.billing-changed", source = BillingSource.class)
 * @Transactional
 * void project(Billing billing) {
 *     if (guard.admit("billing", billing.paymentId(), billing.version())) {
 *         payments.update(billing);
 *     }
 * }
 * }</pre>
 *
 * <p>It keeps one row for each id in the table {@code trigger_projection}, in the database of the projection and in the
 * transaction of the caller. The row and the state become durable together, or neither does. Ask it first, before
 * anything is written, and in everything that writes the projection.
 *
 * <p>Admitted is what is not older than what was admitted before. The same version is admitted again, which repeats
 * what has been done. A tombstone beats the state of its own version; only a higher version brings the id back.
 *
 * <p>Isolation: correct at READ COMMITTED, where an id that another transaction has admitted or refused waits for the
 * end of that one and is then compared with what it left. At REPEATABLE READ and above the database ends such a wait
 * with a serialization failure, which is thrown, so that the round is repeated: correct too, but slower.
 *
 * <p>Threads: any. Bounds: one statement for each call, whatever the number of ids; their rows stay locked until the
 * transaction ends, refused ones too. For several ids in one transaction use the batch, which locks them in one order:
 * calls in a loop can run into a deadlock with another instance. Failure: Spring's {@code DataAccessException}; in a
 * database other than PostgreSQL or H2, or without the table, an {@code IllegalStateException}; and an {@code
 * IllegalTransactionStateException} without a transaction that commits what is written: there is none, it is one of
 * another DataSource or of JTA, it is read-only, or its commit is over and its listeners and callbacks run. Nothing is admitted
 * then. A transaction manager that is no bean must be told of {@link EndedTransactions#LISTENER}, else a call in {@code
 * TransactionSynchronization.afterCommit} is not noticed.
 *
 * <p>Names of projections and ids have 1 to 256 ASCII characters and no blanks, versions are 0 or more; anything else is
 * an {@code IllegalArgumentException}.
 */
public final class ProjectionGuard {

    private static final int MAX_PAGE = 10_000;
    private static final Duration YOUNGEST_PURGED = Duration.ofMinutes(1);

    private final GuardTable table;

    /** Guards the projections in a database. The application's transactions must be those of the same DataSource. */
    public ProjectionGuard(DataSource dataSource) {
        this.table = new GuardTable(dataSource);
    }

    /**
     * Checks that the guard can work in its database. The application's own guards are checked at its start.
     *
     * @throws IllegalStateException if it does not know the database, or the table is not there; says what to do
     */
    public void checkTable() {
        table.check();
    }

    /**
     * Asks whether a state may be written, and notes its version.
     *
     * @return false if a newer version, or the deletion of this one, has been applied: write nothing. What is refused is
     *     logged, once a minute at most
     */
    public boolean admit(String projection, String id, long version) {
        return admit(projection, new Candidate.Found(id, version));
    }

    /**
     * Asks whether an id may be deleted from the projection, and leaves a tombstone.
     *
     * <p>Without a version the deletion is always admitted, and the tombstone takes the version last admitted, so that
     * nothing up to it comes back; an id that the source creates again at a version up to that one does not either, until
     * the tombstone is purged or forgotten, and a log line says so. Two things can still go wrong, because nobody can tell which answer is newer. A state
     * above that version, read before the deletion and written after it, comes back, until the id is triggered again.
     * And an absence that was read before the id was created, and written after it, hides the id until its version
     * grows or the tombstone is purged. A version avoids both: that of the absence, if the source gives one, or a state
     * "deleted" instead of none at the source. A trigger's version does not, since it is only what its sender claims.
     *
     * @param version the deletion's version; empty if it is not known
     * @return false if a newer version has been applied: delete nothing
     */
    public boolean admitAbsent(String projection, String id, OptionalLong version) {
        return admit(projection, new Candidate.Absent(id, version));
    }

    private boolean admit(String projection, Candidate candidate) {
        KeyRule.checkProjection(projection);
        return !table.admit(projection, List.of(GuardRow.of(candidate))).isEmpty();
    }

    /**
     * Asks for many ids at once which may be written or deleted.
     *
     * <pre>{@code
     * payments.updateAll(guard.admit("billing", billings,
     *         billing -> new Candidate.Found(billing.paymentId(), billing.version())));
     * }</pre>
     *
     * <p>Of several answers for one id only the newest takes part: the highest version, an absence before a state of
     * the same version, an absence without a version before everything, and of equals the last.
     *
     * @return those admitted, at most one for each id, in the order of their ids
     */
    public <T> List<T> admit(
            String projection, Collection<? extends T> answers, Function<? super T, ? extends Candidate> asCandidate) {
        KeyRule.checkProjection(projection);
        // sorted: everybody locks in the same order, so nobody waits in a circle
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
     * Forgets what was admitted of an id, so that the next answer is admitted whatever its version. For an operator, when
     * the source has begun to count from the start again or an absurd version was admitted; then trigger the id, so that the listener asks
     * the source. Like the rest it needs the transaction of the caller. An older answer that is still on its way may be
     * written before the newer one: stop what projects the id, or trigger it once more afterwards.
     *
     * @return false if nothing is known of the id
     */
    public boolean forget(String projection, String id) {
        KeyRule.checkProjection(projection);
        return table.forget(projection, KeyRule.checkId(id));
    }

    /**
     * The versions last admitted, tombstones included. An id that was never admitted, or whose version is not known, is
     * missing.
     */
    public Map<String, Long> versions(String projection, Collection<String> ids) {
        KeyRule.checkProjection(projection);
        return table.versions(projection, ids);
    }

    /**
     * A page of the ids in the projection, deleted ones excluded, in the order of {@link String#compareTo}.
     *
     * @param afterId the last id of the page before; empty for the first page
     * @param limit the size of a page, 1 to 10000; a page that has fewer is the last
     */
    public List<String> idsAfter(String projection, String afterId, int limit) {
        KeyRule.checkProjection(projection);
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("The limit is " + limit + ": a page has 1 to " + MAX_PAGE + " ids");
        }
        return table.idsAfter(projection, afterId, limit);
    }

    /**
     * Deletes tombstones that have reached an age by the database's clock. To be called now and then, by a scheduler
     * of the application; several instances may do so at once. It reads all rows of the projection, and deletes in
     * transactions of its own of a thousand rows, unless there is one already.
     *
     * @param age at least one minute. It must exceed the longest time between the moment a source reads a state and
     *     the commit of its projection: retries, read timeout and transaction, and above all the longest sleep from
     *     which a process may wake up, such as that of a suspended machine. Also the delay of a read replica behind the
     *     source, if one answers. A day is ample for most
     * @return how many were deleted
     */
    public int purgeTombstones(String projection, Duration age) {
        KeyRule.checkProjection(projection);
        if (age.compareTo(YOUNGEST_PURGED) < 0) {
            throw new IllegalArgumentException("The age is " + age + ": a tombstone is kept for at least a minute,"
                    + " better a day, because an older answer may still be on its way");
        }
        int purged = 0;
        List<String> ids = table.purgeAfter(projection, "", age);
        while (!ids.isEmpty()) {
            purged += ids.size();
            ids = table.purgeAfter(projection, ids.get(ids.size() - 1), age);
        }
        return purged;
    }

    private record Contender<T>(GuardRow row, T answer) {

        Contender<T> newer(Contender<T> later) {
            return later.row.compareTo(row) >= 0 ? later : this;
        }
    }
}

package io.triggerquery.producer.internal.outbox;

import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.Registration;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes the triggers of other services to the table {@code trigger_outbox}. A {@link PostgresTriggerTable} of the same
 * database and application sends them.
 *
 * <p>A registration is a row with a later due time: 1, 4 and 16 times the maximum run time after the registration, as
 * long as it is not activated. After the third send it is deleted. An activated row is due at once and is deleted after
 * one send. All times are those of the database.
 *
 * <p>Threads: any. Bounds: one statement for each call. Failure: Spring's {@code DataAccessException} or {@code
 * TransactionException}; the call can be repeated, whether or not it has changed the table.
 */
public final class TriggerIntake {

    private static final String ACCEPT = """
            insert into trigger_outbox (owner, origin, destination, trigger_id, version)
            select ?, ?, * from unnest(?::text[], ?::text[], ?::bigint[])
            """;
    private static final String REGISTER = """
            insert into trigger_outbox
                (owner, origin, run_seconds, due_at, registration, destination, trigger_id, version)
            select ?, ?, ?, now() + make_interval(secs => ?), *
            from unnest(?::uuid[], ?::text[], ?::text[], ?::bigint[])
            on conflict (origin, registration) where registration is not null do nothing
            """;

    // atomic even if a relay deletes the row at the same time: then it is inserted
    private static final String ACTIVATE = """
            insert into trigger_outbox (owner, origin, registration, destination, trigger_id, version)
            select distinct on (registration) ?, ?, a.*
            from unnest(?::uuid[], ?::text[], ?::text[], ?::bigint[]) as a (registration, destination, id, version)
            order by registration
            on conflict (origin, registration) where registration is not null do update
            set run_seconds = null, due_at = now(), generation = trigger_outbox.generation + 1, owner = excluded.owner
            where trigger_outbox.run_seconds is not null
            returning generation = 0 or fires > 0
            """;
    private static final String CANCEL = """
            delete from trigger_outbox where origin = ? and registration = any (?::uuid[]) and run_seconds is not null
            """;

    private final String owner;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final RegistrationListener listener;

    /** Creates an intake in the relay service's database. */
    public TriggerIntake(DataSource dataSource, Application application, RegistrationListener listener) {
        this.owner = application.name();
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = OwnTransaction.of(dataSource);
        this.listener = listener;
    }

    /** Stores triggers that are due at once, all or none. If repeated, they are sent again. */
    public void accept(String origin, List<OutgoingTrigger> triggers) {
        transaction.executeWithoutResult(status ->
                columns(jdbc.sql(ACCEPT).param(owner).param(origin), triggers).update());
    }

    /**
     * Stores triggers that are due after a time, all or none. If repeated, it changes nothing.
     *
     * @param maxRunTime the maximum run time of the transaction that will activate them, in whole seconds
     */
    public void register(String origin, Duration maxRunTime, List<Registration> registrations) {
        int seconds = Math.toIntExact(maxRunTime.toSeconds());
        transaction.executeWithoutResult(status -> columns(
                        jdbc.sql(REGISTER)
                                .param(owner)
                                .param(origin)
                                .param(seconds)
                                .param(seconds)
                                .param(ids(registrations)),
                        triggers(registrations))
                .update());
    }

    /**
     * Makes registrations due at once. A registration that was already sent is sent again, because the query after the
     * first send may have returned the state before the commit.
     */
    public void activate(String origin, List<Registration> registrations) {
        List<Boolean> late = transaction.execute(status -> columns(
                        jdbc.sql(ACTIVATE).param(owner).param(origin).param(ids(registrations)),
                        triggers(registrations))
                .query((row, n) -> row.getBoolean(1))
                .list());
        int lateCount = (int) late.stream().filter(one -> one).count();
        if (lateCount > 0) {
            listener.activatedLate(lateCount);
        }
    }

    /** Deletes registrations that are not activated, for transactions that were rolled back before their commit. */
    public void cancel(String origin, Collection<UUID> registrations) {
        transaction.executeWithoutResult(status -> jdbc.sql(CANCEL)
                .param(origin)
                .param(registrations.stream().map(UUID::toString).toArray(String[]::new))
                .update());
    }

    private static JdbcClient.StatementSpec columns(
            JdbcClient.StatementSpec statement, List<OutgoingTrigger> triggers) {
        return statement
                .param(texts(triggers.stream(), OutgoingTrigger::destination))
                .param(texts(triggers.stream(), OutgoingTrigger::id))
                .param(triggers.stream().map(OutgoingTrigger::version).toArray(Long[]::new));
    }

    private static List<OutgoingTrigger> triggers(List<Registration> registrations) {
        return registrations.stream().map(Registration::trigger).toList();
    }

    private static String[] ids(List<Registration> registrations) {
        return texts(registrations.stream(), registration -> registration.id().toString());
    }

    private static <T> String[] texts(Stream<T> rows, Function<T, String> column) {
        return rows.map(column).toArray(String[]::new);
    }
}

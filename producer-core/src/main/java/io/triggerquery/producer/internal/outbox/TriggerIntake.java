package io.triggerquery.producer.internal.outbox;

import io.triggerquery.producer.internal.outbox.IntakeStatements.Writer;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.Registration;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.function.SingletonSupplier;

/**
 * Writes the triggers of other services to the table {@code trigger_outbox}. A {@link TriggerTable} of the same
 * database and application sends them.
 *
 * <p>A registration is a row with a later due time: 1, 4 and 16 times the maximum run time after the registration, as
 * long as it is not activated. After the third send it is deleted. An activated row is due at once and is deleted
 * after one send. All times are those of the database.
 *
 * <p>Threads: any. Bounds: one transaction for each call. Failure: Spring's {@code DataAccessException} or {@code
 * TransactionException}; the call can be repeated, whether or not it has changed the table.
 */
public final class TriggerIntake {

    private final String owner;
    private final SingletonSupplier<IntakeStatements> statements;
    private final OwnTransaction transaction;
    private final RegistrationListener listener;

    /** Creates an intake in the relay service's database. */
    public TriggerIntake(DataSource dataSource, Application application, RegistrationListener listener) {
        this.owner = application.name();
        this.statements =
                SingletonSupplier.of(() -> OutboxDatabase.of(dataSource).intake(JdbcClient.create(dataSource)));
        this.transaction = new OwnTransaction(dataSource);
        this.listener = listener;
    }

    /** Stores triggers that are due at once, all or none. If repeated, they are sent again. */
    public void accept(String origin, List<OutgoingTrigger> triggers) {
        transaction.run(() -> statements.obtain().accept(new Writer(owner, origin), triggers));
    }

    /**
     * Stores triggers that are due after a time, all or none. If repeated, it changes nothing.
     *
     * @param maxRunTime the maximum run time of the transaction that will activate them, in whole seconds
     */
    public void register(String origin, Duration maxRunTime, List<Registration> registrations) {
        int seconds = Math.toIntExact(maxRunTime.toSeconds());
        transaction.run(() -> statements.obtain().register(new Writer(owner, origin), seconds, inOrder(registrations)));
    }

    /**
     * Makes registrations due at once. A registration that was already sent is sent again, because the query after the
     * first send may have returned the state before the commit.
     */
    public void activate(String origin, List<Registration> registrations) {
        int late =
                transaction.call(() -> statements.obtain().activate(new Writer(owner, origin), inOrder(registrations)));
        if (late > 0) {
            listener.activatedLate(late);
        }
    }

    /** Returns the order in which all calls lock rows, so that calls that are repeated do not end with a deadlock. */
    private static List<Registration> inOrder(List<Registration> registrations) {
        return registrations.stream()
                .sorted(Comparator.comparing(registration -> registration.id().toString()))
                .toList();
    }

    /** Deletes registrations that are not activated, for transactions that were rolled back before their commit. */
    public void cancel(String origin, Collection<UUID> registrations) {
        transaction.run(() -> statements.obtain().cancel(new Writer(owner, origin), registrations));
    }
}

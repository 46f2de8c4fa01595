package io.triggerquery.producer.internal.outbox;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.Registration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements of PostgreSQL: one for each call, with arrays as parameters. */
final class PostgresIntake implements IntakeStatements {

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

    private final JdbcClient jdbc;

    PostgresIntake(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void accept(Writer writer, List<OutgoingTrigger> triggers) {
        columns(jdbc.sql(ACCEPT).param(writer.owner()).param(writer.origin()), triggers)
                .update();
    }

    @Override
    public void register(Writer writer, int runSeconds, List<Registration> registrations) {
        columns(
                        jdbc.sql(REGISTER)
                                .param(writer.owner())
                                .param(writer.origin())
                                .param(runSeconds)
                                .param(runSeconds)
                                .param(ids(registrations)),
                        triggers(registrations))
                .update();
    }

    @Override
    public int activate(Writer writer, List<Registration> registrations) {
        List<Boolean> late = columns(
                        jdbc.sql(ACTIVATE)
                                .param(writer.owner())
                                .param(writer.origin())
                                .param(ids(registrations)),
                        triggers(registrations))
                .query((row, n) -> row.getBoolean(1))
                .list();
        return (int) late.stream().filter(one -> one).count();
    }

    @Override
    public void cancel(Writer writer, Collection<UUID> registrations) {
        jdbc.sql(CANCEL)
                .param(writer.origin())
                .param(registrations.stream().map(UUID::toString).toArray(String[]::new))
                .update();
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

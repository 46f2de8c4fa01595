package io.triggerquery.producer.internal.outbox;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.Registration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The statements of databases that have no common statement to insert or else update: the rows that are there are
 * locked, and the others inserted. If another call inserts one of them meanwhile, the key is a duplicate, and the
 * transaction is repeated.
 */
final class PortableIntake implements IntakeStatements {

    private static final String INDEX = "trigger_outbox_registration";

    /** A registration that is there. */
    private record Present(long id, String registration, boolean isActivated, boolean isFired) {}

    private final JdbcClient jdbc;
    private final OutboxDatabase database;
    private final PortableTable table;

    PortableIntake(JdbcClient jdbc, OutboxDatabase database) {
        this.jdbc = jdbc;
        this.database = database;
        this.table = new PortableTable(jdbc, database);
    }

    @Override
    public void accept(Writer writer, List<OutgoingTrigger> triggers) {
        List<@Nullable Object> values = new ArrayList<>();
        for (OutgoingTrigger trigger : triggers) {
            values.addAll(row(writer, trigger));
        }
        insert("", Placeholders.rows("(?, ?, ?, ?, ?)", triggers.size(), values));
    }

    @Override
    public void register(Writer writer, int runSeconds, List<Registration> registrations) {
        Map<String, Registration> missing = byId(registrations);
        lock(writer, missing.keySet()).forEach(present -> missing.remove(present.registration()));
        List<@Nullable Object> values = new ArrayList<>();
        missing.forEach((id, registration) -> {
            values.addAll(row(writer, registration.trigger()));
            values.addAll(List.of(id, runSeconds, runSeconds * 1_000_000L));
        });
        String row = "(?, ?, ?, ?, ?, ?, ?, " + database.plus(database.now(), "?") + ")";
        insert(", registration, run_seconds, due_at", Placeholders.rows(row, missing.size(), values));
    }

    @Override
    public int activate(Writer writer, List<Registration> registrations) {
        Map<String, Registration> missing = byId(registrations);
        List<Long> waiting = new ArrayList<>();
        int late = 0;
        for (Present present : lock(writer, missing.keySet())) {
            missing.remove(present.registration());
            if (!present.isActivated()) {
                waiting.add(present.id());
                late += present.isFired() ? 1 : 0;
            }
        }
        table.update(
                Clause.of(
                        "run_seconds = null, due_at = " + database.now() + ", generation = generation + 1, owner = ?",
                        writer.owner()),
                waiting);
        List<@Nullable Object> values = new ArrayList<>();
        missing.forEach((id, registration) -> {
            values.addAll(row(writer, registration.trigger()));
            values.add(id);
        });
        insert(", registration", Placeholders.rows("(?, ?, ?, ?, ?, ?)", missing.size(), values));
        return late + missing.size();
    }

    @Override
    public void cancel(Writer writer, Collection<UUID> registrations) {
        Clause origin = Clause.of("origin = ?", writer.origin());
        Clause in = Placeholders.in(
                "registration", registrations.stream().map(UUID::toString).toList());
        String sql = database.deleteByIndex(INDEX) + " where " + origin.sql() + " and " + in.sql()
                + " and run_seconds is not null";
        Clause.statement(jdbc, sql, origin, in).update();
    }

    private List<Present> lock(Writer writer, Collection<String> registrations) {
        Clause origin = Clause.of("origin = ?", writer.origin());
        Clause in = Placeholders.in("registration", registrations);
        String sql = "select id, registration, run_seconds is null as activated, fires > 0 as fired from trigger_outbox"
                + database.index(INDEX) + " where " + origin.sql() + " and " + in.sql() + " for update";
        return Clause.statement(jdbc, sql, origin, in)
                .query((row, n) -> new Present(
                        row.getLong("id"),
                        row.getString("registration"),
                        row.getBoolean("activated"),
                        row.getBoolean("fired")))
                .list();
    }

    private void insert(String moreColumns, Clause rows) {
        if (!rows.parameters().isEmpty()) {
            String sql = "insert into trigger_outbox (owner, origin, destination, trigger_id, version" + moreColumns
                    + ") values " + rows.sql();
            Clause.statement(jdbc, sql, rows).update();
        }
    }

    private static List<@Nullable Object> row(Writer writer, OutgoingTrigger trigger) {
        return Arrays.asList(writer.owner(), writer.origin(), trigger.destination(), trigger.id(), trigger.version());
    }

    /** Returns the registrations by their ids; of those with the same id the first. */
    private static Map<String, Registration> byId(List<Registration> registrations) {
        return registrations.stream()
                .collect(Collectors.toMap(
                        registration -> registration.id().toString(),
                        Function.identity(),
                        (first, second) -> first,
                        LinkedHashMap::new));
    }
}

package io.triggerquery.ctl.source;

import io.triggerquery.producer.TriggerIdFormat;
import io.triggerquery.producer.internal.outbox.TriggerTable;
import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.LogSafe;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.TransactionException;

/** The rows of one application in the table of an outbox. It can be used while relays run. */
public final class OutboxSource implements Source {

    private static final List<String> DRIVERS = List.of("jdbc:postgresql:", "jdbc:mariadb:");

    private final DriverManagerDataSource database;
    private final @Nullable String owner;
    private @Nullable TriggerTable table;

    /**
     * Creates a source that connects at its first use.
     *
     * @param owner the application that owns the rows; if null, the only application that has rows
     */
    public OutboxSource(String url, @Nullable String user, @Nullable String password, @Nullable String owner) {
        if (DRIVERS.stream().noneMatch(url::startsWith)) {
            throw new SourceException("--outbox must be a URL such as jdbc:postgresql://host:5432/database, or"
                    + " jdbc:mariadb://host:3306/database for MariaDB and MySQL");
        }
        this.database = new DriverManagerDataSource(url);
        database.setUsername(user);
        database.setPassword(password);
        this.owner = owner;
    }

    private TriggerTable table() {
        if (table == null) {
            table = new TriggerTable(database, owner == null ? onlyOwner() : new Application(owner));
        }
        return table;
    }

    private Application onlyOwner() {
        List<Application> owners = TriggerTable.owners(database);
        if (owners.size() > 1) {
            throw new SourceException("the outbox has rows of several applications: give --owner with one of "
                    + owners.stream()
                            .map(one -> "'" + LogSafe.of(one.name()) + "'")
                            .collect(Collectors.joining(", ")));
        }
        return owners.isEmpty() ? Application.UNNAMED : owners.get(0);
    }

    @Override
    public Contents read() {
        List<Entry> entries = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (WaitingTrigger row : withReason(() -> table().list(Integer.MAX_VALUE))) {
            String id = row.trigger().id();
            TriggerIdFormat.violation(id)
                    .ifPresentOrElse(
                            reason -> problems.add("row of id " + LogSafe.of(id) + ": " + reason),
                            () -> entries.add(Entry.of(row)));
        }
        return new Contents(entries, problems);
    }

    @Override
    public SendBatch outgoing() {
        return new StoreBatch(withReason(this::table));
    }

    @Override
    public int unpark(String destination, @Nullable String id) {
        return withReason(() -> table().unpark(destination, id));
    }

    private static <T> T withReason(Supplier<T> statement) {
        try {
            return statement.get();
        } catch (DataAccessException | TransactionException e) {
            throw new SourceException("the outbox cannot be used: " + reason(e), e);
        }
    }

    /**
     * Returns the message of the database or its driver, which is more useful than those of Spring and of the socket.
     */
    private static String reason(Throwable e) {
        Throwable cause = e;
        while (!(cause instanceof SQLException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}

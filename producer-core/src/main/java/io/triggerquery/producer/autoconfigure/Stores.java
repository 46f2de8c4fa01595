package io.triggerquery.producer.autoconfigure;

import io.triggerquery.producer.outbox.PostgresTriggerTable;
import io.triggerquery.producer.sending.Application;
import io.triggerquery.producer.spool.DiskQueue;
import io.triggerquery.producer.spool.SpoolSettings;
import java.time.InstantSource;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Opens the stores that outlive the process.
 *
 * <p>Failure: what a store can't do is thrown.
 */
final class Stores {

    // those without an owner were written by an earlier version, perhaps by this application's
    private static final String LEFT = "select exists (select from trigger_outbox where owner in (?, ''))";

    private final SpoolSettings spool;
    private final SpoolTrouble spoolTrouble;
    private final Application application;
    private final Supplier<PostgresTriggerTable> table;
    private final Supplier<@Nullable DataSource> database;

    /**
     * Opens nothing yet.
     *
     * @param table called only if the table is used
     * @param database where the table may be; null if there is none
     */
    Stores(
            SpoolSettings spool,
            SpoolTrouble spoolTrouble,
            Application application,
            Supplier<PostgresTriggerTable> table,
            Supplier<@Nullable DataSource> database) {
        this.spool = spool;
        this.spoolTrouble = spoolTrouble;
        this.application = application;
        this.table = table;
        this.database = database;
    }

    DiskQueue diskQueue() {
        return new DiskQueue(spool, application, spoolTrouble, System::nanoTime, InstantSource.system());
    }

    PostgresTriggerTable table() {
        return table.get();
    }

    /** Whether something of this application may wait in a store, without opening it. */
    boolean mayHold(StrategyName name) {
        return switch (name) {
            case DISK_QUEUE -> DiskQueue.mayHoldTriggers(spool.directory());
            case OUTBOX -> database.get() != null && mayHold(new JdbcTemplate(database.get()));
            default -> false;
        };
    }

    private boolean mayHold(JdbcTemplate jdbc) {
        String product = jdbc.execute((ConnectionCallback<String>)
                connection -> connection.getMetaData().getDatabaseProductName());
        return OutboxAtStart.PRODUCT.equals(product)
                && Boolean.TRUE.equals(
                        jdbc.queryForObject("select to_regclass('trigger_outbox') is not null", Boolean.class))
                && Boolean.TRUE.equals(jdbc.queryForObject(LEFT, Boolean.class, application.name()));
    }
}

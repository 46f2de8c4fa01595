package io.triggerquery.producer.autoconfigure;

import io.triggerquery.producer.internal.outbox.OutboxDatabase;
import io.triggerquery.producer.internal.outbox.TriggerTable;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.spool.DiskQueue;
import io.triggerquery.producer.internal.spool.SpoolReader;
import io.triggerquery.producer.internal.spool.SpoolSettings;
import java.time.InstantSource;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Opens the persistent stores.
 *
 * <p>Failure: exceptions of a store are thrown.
 */
final class Stores {

    // rows without an owner may belong to an earlier version of another application
    private static final String COUNT_OWN = "select count(*) from trigger_outbox where owner = ?";

    private final SpoolSettings spool;
    private final SpoolFailureAlarm spoolAlarm;
    private final Application application;
    private final Supplier<TriggerTable> table;
    private final Supplier<@Nullable DataSource> database;

    /**
     * Creates the stores without opening them.
     *
     * @param table called only if the table is used
     * @param database the database that may have the table; supplies null if there is none
     */
    Stores(
            SpoolSettings spool,
            SpoolFailureAlarm spoolAlarm,
            Application application,
            Supplier<TriggerTable> table,
            Supplier<@Nullable DataSource> database) {
        this.spool = spool;
        this.spoolAlarm = spoolAlarm;
        this.application = application;
        this.table = table;
        this.database = database;
    }

    DiskQueue diskQueue() {
        return new DiskQueue(spool, application, spoolAlarm, System::nanoTime, InstantSource.system());
    }

    TriggerTable table() {
        return table.get();
    }

    /** Returns the number of waiting triggers in a store that is not open; those in a damaged file count as one. */
    long countWaiting(StrategyName name) {
        DataSource dataSource = name == StrategyName.OUTBOX ? database.get() : null;
        if (dataSource != null) {
            return countWaiting(new JdbcTemplate(dataSource));
        }
        return name == StrategyName.DISK_QUEUE ? SpoolReader.count(spool.directory()) : 0;
    }

    private long countWaiting(JdbcTemplate jdbc) {
        boolean hasTable = OutboxDatabase.find(OutboxDatabase.product(jdbc))
                .map(database -> database.hasTable(jdbc))
                .orElse(false);
        Long waiting = hasTable ? jdbc.queryForObject(COUNT_OWN, Long.class, application.name()) : null;
        return waiting == null ? 0 : waiting;
    }
}

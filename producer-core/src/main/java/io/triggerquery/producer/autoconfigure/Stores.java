package io.triggerquery.producer.autoconfigure;

import io.triggerquery.producer.internal.outbox.PostgresTriggerTable;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.spool.DiskQueue;
import io.triggerquery.producer.internal.spool.SpoolSettings;
import java.time.InstantSource;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Opens the persistent stores.
 *
 * <p>Failure: what a store can't do is thrown.
 */
final class Stores {

    // not those without an owner: another application's earlier version may have written them
    private static final String LEFT = "select count(*) from trigger_outbox where owner = ?";

    private final SpoolSettings spool;
    private final SpoolFailureAlarm spoolTrouble;
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
            SpoolFailureAlarm spoolTrouble,
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

    /** How many triggers wait in a store that is not open; those in a damaged file count as one. */
    long waitingIn(StrategyName name) {
        DataSource dataSource = name == StrategyName.OUTBOX ? database.get() : null;
        if (dataSource != null) {
            return waitingIn(new JdbcTemplate(dataSource));
        }
        return name == StrategyName.DISK_QUEUE ? DiskQueue.waitingIn(spool.directory()) : 0;
    }

    private long waitingIn(JdbcTemplate jdbc) {
        String product = jdbc.execute((ConnectionCallback<String>)
                connection -> connection.getMetaData().getDatabaseProductName());
        boolean hasTable = OutboxAtStart.PRODUCT.equals(product)
                && Boolean.TRUE.equals(
                        jdbc.queryForObject("select to_regclass('trigger_outbox') is not null", Boolean.class));
        Long waiting = hasTable ? jdbc.queryForObject(LEFT, Long.class, application.name()) : null;
        return waiting == null ? 0 : waiting;
    }
}

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
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.ClassUtils;

/**
 * Opens the persistent stores.
 *
 * <p>Failure: exceptions of a store are thrown.
 */
final class Stores {

    // rows without an owner may belong to an earlier version of another application
    private static final String COUNT_OWN = "select count(*) from trigger_outbox where owner = ?";

    private static final boolean HAS_SQLITE =
            ClassUtils.isPresent("org.sqlite.SQLiteConfig", Stores.class.getClassLoader());
    private static final String NO_SQLITE =
            "Add the dependency org.xerial:sqlite-jdbc, whose version io.triggerquery:triggerquery-bom manages";

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
        if (!HAS_SQLITE) {
            throw new FailureAnalyzedException(
                    "The strategy disk-queue, which is the default, needs SQLite, which is not on the class path.",
                    NO_SQLITE + ", or set another " + TriggerProducerProperties.PREFIX
                            + ".strategy; outbox needs nothing but the database.");
        }
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
        return name == StrategyName.DISK_QUEUE ? countSpooled() : 0;
    }

    private long countSpooled() {
        if (HAS_SQLITE) {
            return SpoolReader.count(spool.directory());
        }
        if (SpoolReader.isSpool(spool.directory())) {
            throw new IllegalStateException("SQLite is not on the class path, but " + spool.directory()
                    + " has a disk queue. " + NO_SQLITE + ", or send its triggers with triggerctl");
        }
        return 0;
    }

    private long countWaiting(JdbcTemplate jdbc) {
        boolean hasTable = OutboxDatabase.find(OutboxDatabase.product(jdbc))
                .map(database -> database.hasTable(jdbc))
                .orElse(false);
        Long waiting = hasTable ? jdbc.queryForObject(COUNT_OWN, Long.class, application.name()) : null;
        return waiting == null ? 0 : waiting;
    }
}

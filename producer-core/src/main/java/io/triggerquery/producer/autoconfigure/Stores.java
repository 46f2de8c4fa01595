package io.triggerquery.producer.autoconfigure;

import io.triggerquery.producer.outbox.PostgresTriggerTable;
import io.triggerquery.producer.sending.Application;
import io.triggerquery.producer.spool.DiskQueue;
import io.triggerquery.producer.spool.SpoolSettings;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Opens the stores that outlive the process. */
final class Stores {

    private final SpoolSettings spool;
    private final SpoolTrouble spoolTrouble;
    private final Application application;
    private final Supplier<PostgresTriggerTable> table;

    /**
     * Opens nothing yet.
     *
     * @param table called only if the table is used
     */
    Stores(
            SpoolSettings spool,
            SpoolTrouble spoolTrouble,
            Application application,
            Supplier<PostgresTriggerTable> table) {
        this.spool = spool;
        this.spoolTrouble = spoolTrouble;
        this.application = application;
        this.table = table;
    }

    DiskQueue diskQueue() {
        return new DiskQueue(spool, application, spoolTrouble, System::nanoTime, InstantSource.system());
    }

    PostgresTriggerTable table() {
        return table.get();
    }
}

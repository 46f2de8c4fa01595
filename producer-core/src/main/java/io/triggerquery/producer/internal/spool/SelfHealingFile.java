package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.relay.RetrySchedule;
import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is written again after an error, and when a reader prevents its log from being emptied. After a failed
 * fsync the next one may report success although data was lost.
 *
 * <p>Threads: the writer's only; {@link #retryNow()} may be called by any. Failure: requests that must be durable are
 * rejected while there is no room or the disk cannot be written. All others are accepted: a lost change causes a
 * duplicate.
 */
final class SelfHealingFile {

    /** Creates a new file with these rows and opens it; keeps the old one if it was damaged. */
    @FunctionalInterface
    interface Renewal {
        SpoolFile renew(Collection<SpoolRow> rows, boolean damaged) throws IOException, SQLException;
    }

    private static final Logger log = LoggerFactory.getLogger(SelfHealingFile.class);
    private static final RetrySchedule SCHEDULE = new RetrySchedule(
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8)),
            Duration.ofSeconds(10),
            0,
            () -> 0);

    private final SpoolRows rows;
    private final Renewal renewal;
    private final ReservedSpace reserve;
    private final OngoingFailure failure;
    private final LongSupplier nanoTime;
    private final Path directory;
    private @Nullable SpoolFile file;
    private int failures;
    private long dueNanos;
    private volatile boolean retryRequested;

    SelfHealingFile(
            SpoolOpening.Opened opened,
            Renewal renewal,
            ReservedSpace reserve,
            OngoingFailure failure,
            LongSupplier nanoTime,
            Path directory) {
        this.rows = new SpoolRows(opened.rows());
        this.file = opened.file();
        this.renewal = renewal;
        this.reserve = reserve;
        this.failure = failure;
        this.nanoTime = nanoTime;
        this.directory = directory;
    }

    /** Ends the pause after an error, so that a new file is created at once. */
    void retryNow() {
        retryRequested = true;
    }

    /** Writes what can be written and completes every request. */
    void write(List<SpoolRequest> batch) {
        if (file == null && !reopen(batch)) {
            return;
        }
        if (file != null) {
            write(batch, file);
        }
    }

    private void write(List<SpoolRequest> batch, SpoolFile into) {
        Map<Key, Optional<SpoolRow>> touched = rows.after(changes(batch));
        boolean durable = batch.stream().anyMatch(SpoolRequest::isDurable);
        try {
            into.write(touched, durable);
            rows.accept(touched);
            if (durable) {
                reserve.take();
                failure.ended();
            }
            complete(batch);
            if (into.hasLongLog() && !into.emptyLog()) {
                replaceFileWithLongLog(into);
            }
        } catch (SQLException | RuntimeException e) {
            if (Sqlite.isFull(e)) {
                full(batch, into);
            } else {
                renew(batch, into, e);
            }
        }
    }

    private void full(List<SpoolRequest> batch, SpoolFile into) {
        String reason =
                "the spool in " + directory + " has no more room: find out why Kafka does not accept triggers, raise "
                        + SpoolSettings.PROPERTIES + "max-size, or make room on the disk";
        failure.full(reason);
        reserve.release();
        into.emptyLog();
        List<SpoolRequest> accepted = rejectDurable(batch, reason);
        Map<Key, Optional<SpoolRow>> touched = rows.after(changes(accepted));
        rows.accept(touched);
        try {
            into.write(touched, false);
        } catch (SQLException | RuntimeException e) {
            log.warn("Triggers that were sent cannot be removed from the disk and may be sent again: {}", e.toString());
        }
        complete(accepted);
    }

    /** Replaces the file. The reader continues with the old one, which has no name and ends with it. */
    private void replaceFileWithLongLog(SpoolFile old) {
        failure.logTooLong(directory);
        old.close();
        file = null;
        renewed(rows.all(), false);
    }

    private void renew(List<SpoolRequest> batch, SpoolFile broken, Exception cause) {
        log.warn("The spool in {} is written again after an error", directory, cause);
        broken.close();
        file = null;
        Map<Key, Optional<SpoolRow>> touched = rows.after(changes(batch));
        SpoolRows newRows = new SpoolRows(rows.all());
        newRows.accept(touched);
        if (renewed(newRows.all(), Sqlite.isDamage(cause))) {
            rows.accept(touched);
            complete(batch);
        } else {
            acceptWithoutFile(batch);
        }
    }

    /** Tries to create a file if the pause has ended. Without one, completes the batch and returns false. */
    private boolean reopen(List<SpoolRequest> batch) {
        if ((retryRequested || nanoTime.getAsLong() - dueNanos >= 0) && renewed(rows.all(), false)) {
            return true;
        }
        acceptWithoutFile(batch);
        return false;
    }

    private boolean renewed(Collection<SpoolRow> newRows, boolean damaged) {
        retryRequested = false;
        try {
            file = renewal.renew(newRows, damaged);
            failures = 0;
            failure.ended();
            return true;
        } catch (IOException | SQLException | RuntimeException e) {
            reserve.release();
            dueNanos = nanoTime.getAsLong() + SCHEDULE.after(++failures).toNanos();
            failure.failed(unavailable() + ": " + e.getMessage());
            return false;
        }
    }

    private void acceptWithoutFile(List<SpoolRequest> batch) {
        List<SpoolRequest> accepted = rejectDurable(batch, unavailable());
        rows.accept(rows.after(changes(accepted)));
        complete(accepted);
    }

    private String unavailable() {
        return "the spool in " + directory + " cannot be written: check the disk";
    }

    private static List<SpoolRequest> rejectDurable(List<SpoolRequest> batch, String reason) {
        List<SpoolRequest> accepted = new ArrayList<>();
        for (SpoolRequest request : batch) {
            if (request.isDurable()) {
                request.reject(reason);
            } else {
                accepted.add(request);
            }
        }
        return accepted;
    }

    private static List<SpoolChange> changes(List<SpoolRequest> batch) {
        return batch.stream().flatMap(request -> request.changes().stream()).toList();
    }

    private static void complete(List<SpoolRequest> batch) {
        batch.forEach(request -> request.done().complete(null));
    }

    void close() {
        if (file != null) {
            file.close();
        }
    }
}

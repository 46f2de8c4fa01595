package io.triggerquery.producer.internal.spool;

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
 * A file that is written again after an error, and when a reader keeps its log from being emptied: once an fsync has
 * failed, the next one may report success although data was lost.
 *
 * <p>Threads: the writer's only, but {@link #hurry()} any. Failure: requests are rejected, while there is no room those that need some, while the
 * disk can't be written those that must last. All others are taken: a change that is lost costs a duplicate.
 */
final class SelfHealingFile {

    /** Makes a new file with these rows and opens it; the old one is kept if it was damaged. */
    @FunctionalInterface
    interface Renewal {
        SpoolFile renew(Collection<SpoolRow> rows, boolean damaged) throws IOException, SQLException;
    }

    private static final Logger log = LoggerFactory.getLogger(SelfHealingFile.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final SpoolRows rows;
    private final Renewal renewal;
    private final ReservedSpace reserve;
    private final OngoingFailure trouble;
    private final LongSupplier nanoTime;
    private final Path directory;
    private @Nullable SpoolFile file;
    private Duration pause = FIRST_PAUSE;
    private long dueNanos;
    private volatile boolean hurried;

    SelfHealingFile(
            SpoolOpening.Opened opened,
            Renewal renewal,
            ReservedSpace reserve,
            OngoingFailure trouble,
            LongSupplier nanoTime,
            Path directory) {
        this.rows = new SpoolRows(opened.rows());
        this.file = opened.file();
        this.renewal = renewal;
        this.reserve = reserve;
        this.trouble = trouble;
        this.nanoTime = nanoTime;
        this.directory = directory;
    }

    /** Ends the pause after an error, so that a new file is tried at once. */
    void hurry() {
        hurried = true;
    }

    /** Writes what can be written and answers every request. */
    void write(List<SpoolRequest> batch) {
        if (file == null && !mend(batch)) {
            return;
        }
        if (file != null) {
            write(batch, file);
        }
    }

    private void write(List<SpoolRequest> batch, SpoolFile into) {
        Map<Key, Optional<SpoolRow>> touched = rows.after(changes(batch));
        boolean lasting = batch.stream().anyMatch(SpoolRequest::mustLast);
        try {
            into.write(touched, lasting);
            rows.accept(touched);
            if (lasting) {
                reserve.take();
                trouble.ended();
            }
            complete(batch);
            if (into.hasLongLog() && !into.emptyLog()) {
                leaveToReader(into);
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
                "the spool in " + directory + " has no more room: see why Kafka does not take what waits, raise "
                        + SpoolSettings.PROPERTIES + "max-size, or make room on the disk";
        trouble.full(reason);
        reserve.give();
        into.emptyLog();
        List<SpoolRequest> rest = rejectLasting(batch, reason);
        Map<Key, Optional<SpoolRow>> touched = rows.after(changes(rest));
        rows.accept(touched);
        try {
            into.write(touched, false);
        } catch (SQLException | RuntimeException e) {
            log.warn("Some triggers that were sent can't be forgotten on disk: {}", e.toString());
        }
        complete(rest);
    }

    /** The reader goes on with the old file, which has no name any more and goes with it. */
    private void leaveToReader(SpoolFile held) {
        trouble.held(directory);
        held.close();
        file = null;
        renewed(rows.all(), false);
    }

    private void renew(List<SpoolRequest> batch, SpoolFile broken, Exception cause) {
        log.warn("The spool in {} is written anew after an error", directory, cause);
        broken.close();
        file = null;
        Map<Key, Optional<SpoolRow>> touched = rows.after(changes(batch));
        SpoolRows wanted = new SpoolRows(rows.all());
        wanted.accept(touched);
        if (renewed(wanted.all(), Sqlite.isDamage(cause))) {
            rows.accept(touched);
            complete(batch);
        } else {
            takeWithoutFile(batch);
        }
    }

    /** Tries again to make a file, if it is time, and answers the batch if there is none. */
    private boolean mend(List<SpoolRequest> batch) {
        if ((hurried || nanoTime.getAsLong() - dueNanos >= 0) && renewed(rows.all(), false)) {
            return true;
        }
        takeWithoutFile(batch);
        return false;
    }

    private boolean renewed(Collection<SpoolRow> wanted, boolean damaged) {
        hurried = false;
        try {
            file = renewal.renew(wanted, damaged);
            pause = FIRST_PAUSE;
            trouble.ended();
            return true;
        } catch (IOException | SQLException | RuntimeException e) {
            reserve.give();
            dueNanos = nanoTime.getAsLong() + pause.toNanos();
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            trouble.failed(unavailable() + ": " + e.getMessage());
            return false;
        }
    }

    private void takeWithoutFile(List<SpoolRequest> batch) {
        List<SpoolRequest> rest = rejectLasting(batch, unavailable());
        rows.accept(rows.after(changes(rest)));
        complete(rest);
    }

    private String unavailable() {
        return "the spool in " + directory + " can't be written: see the disk";
    }

    private static List<SpoolRequest> rejectLasting(List<SpoolRequest> batch, String reason) {
        List<SpoolRequest> rest = new ArrayList<>();
        for (SpoolRequest request : batch) {
            if (request.mustLast()) {
                request.reject(reason);
            } else {
                rest.add(request);
            }
        }
        return rest;
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

package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.spool.SelfHealingFile.Renewal;
import io.triggerquery.producer.internal.spool.SpoolOpening.Opened;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a disk queue, owned by one process.
 *
 * <p>Threads: any; the writer has its own. Failure: see {@link SelfHealingFile}.
 */
final class Spool implements SpoolStorage {

    private static final Logger log = LoggerFactory.getLogger(Spool.class);

    private final SpoolOwner owner;
    private final SpoolDirectory directory;
    private final SpoolWriter writer;
    private final List<SpoolRow> loaded;

    private Spool(SpoolOwner owner, SpoolDirectory directory, SpoolWriter writer, List<SpoolRow> loaded) {
        this.owner = owner;
        this.directory = directory;
        this.writer = writer;
        this.loaded = loaded;
    }

    /** Opens the directory, or throws a {@link SpoolException} that says why it can't be used. */
    static Spool open(SpoolSettings settings, Application application, OngoingFailure trouble, LongSupplier nanoTime) {
        SpoolOpening.prepare(settings.directory());
        try {
            SpoolOwner owner = SpoolOwner.take(settings.directory());
            try {
                return open(settings, application, trouble, nanoTime, owner);
            } catch (IOException | RuntimeException e) {
                owner.close();
                throw e;
            }
        } catch (IOException e) {
            throw new SpoolException("The spool in " + settings.directory() + " can't be opened: " + e, e);
        }
    }

    private static Spool open(
            SpoolSettings settings, Application application, OngoingFailure trouble, LongSupplier nanoTime, SpoolOwner owner)
            throws IOException {
        SpoolDirectory directory = new SpoolDirectory(settings.directory());
        ReservedSpace reserve = new ReservedSpace(directory.reserve(), nanoTime);
        SpoolOpening opening = new SpoolOpening(settings, directory, trouble);
        Opened opened = opening.open();
        try {
            SpoolApplication.take(
                    settings.directory(), application, opened.rows().size());
        } catch (IOException | RuntimeException e) {
            opened.file().close();
            throw e;
        }
        reserve.take();
        Renewal renewal = (rows, damaged) -> {
            owner.renew();
            if (damaged) {
                trouble.damaged(directory.quarantine(rows, settings.maxBytes()), rows.size());
            } else {
                directory.replace(rows, settings.maxBytes());
            }
            return opening.guarded(SqliteFile.open(directory.database(), settings.maxBytes()));
        };
        SpoolWriter writer =
                new SpoolWriter(new SelfHealingFile(opened, renewal, reserve, trouble, nanoTime, settings.directory()));
        writer.start();
        return new Spool(owner, directory, writer, opened.rows());
    }

    @Override
    public List<SpoolRow> loaded() {
        return loaded;
    }

    @Override
    public CompletableFuture<Void> submit(List<SpoolChange> changes) {
        return writer.submit(changes);
    }

    @Override
    public void hurry() {
        writer.hurry();
    }

    @Override
    public long bytes() {
        return directory.bytes();
    }

    static SpoolCheck check(Path database) {
        try (Connection connection = Sqlite.connectToRead(database)) {
            List<String> said = Sqlite.strings(connection, "pragma integrity_check");
            List<String> counts = Sqlite.strings(
                    connection,
                    "select count(*) filter (where parked is null) from waiting union all select count(parked) from waiting");
            return new SpoolCheck(
                    said.equals(List.of("ok")) ? List.of() : said,
                    Long.parseLong(counts.get(0)),
                    Long.parseLong(counts.get(1)));
        } catch (SQLException e) {
            return new SpoolCheck(List.of(String.valueOf(e.getMessage())), 0, 0);
        }
    }

    @Override
    public SpoolCheck check() {
        return check(directory.database());
    }

    @Override
    public void close() {
        if (!writer.close()) {
            // another process must not have the directory while this one may still write to it
            log.error("The spool's disk hangs; the directory stays locked until this process ends");
            return;
        }
        try {
            owner.close();
        } catch (IOException e) {
            log.warn("The spool's lock was not released: {}", e.toString());
        }
    }
}

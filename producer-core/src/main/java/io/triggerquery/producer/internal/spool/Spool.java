package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.spool.SelfHealingFile.Renewal;
import io.triggerquery.producer.internal.spool.SpoolOpening.Opened;
import java.io.IOException;
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

    /** Opens the directory, or throws a {@link SpoolException} with the reason why it cannot be used. */
    static Spool open(SpoolSettings settings, Application application, OngoingFailure failure, LongSupplier nanoTime) {
        SpoolOpening.prepare(settings.directory());
        try {
            SpoolOwner owner = SpoolOwner.take(settings.directory());
            try {
                return open(settings, application, failure, nanoTime, owner);
            } catch (IOException | RuntimeException e) {
                owner.close();
                throw e;
            }
        } catch (IOException e) {
            throw new SpoolException("The spool in " + settings.directory() + " cannot be opened: " + e, e);
        }
    }

    private static Spool open(
            SpoolSettings settings,
            Application application,
            OngoingFailure failure,
            LongSupplier nanoTime,
            SpoolOwner owner)
            throws IOException {
        SpoolDirectory directory = new SpoolDirectory(settings.directory());
        ReservedSpace reserve = new ReservedSpace(directory.reserve(), nanoTime);
        SpoolOpening opening = new SpoolOpening(settings, directory, failure);
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
                failure.damaged(directory.quarantine(rows, settings.maxBytes()), rows.size());
            } else {
                directory.replace(rows, settings.maxBytes());
            }
            return opening.guarded(SqliteFile.open(directory.database(), settings.maxBytes()));
        };
        SpoolWriter writer =
                new SpoolWriter(new SelfHealingFile(opened, renewal, reserve, failure, nanoTime, settings.directory()));
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
    public void retryNow() {
        writer.retryNow();
    }

    @Override
    public long bytes() {
        return directory.bytes();
    }

    @Override
    public SpoolCheck check() {
        return SpoolReader.check(directory.database());
    }

    @Override
    public void close() {
        if (!writer.close()) {
            // another process must not use the directory while this one may still write to it
            log.error("The spool's disk does not respond; the directory stays locked until this process ends");
            return;
        }
        try {
            owner.close();
        } catch (IOException e) {
            log.warn("The spool's lock could not be released: {}", e.toString());
        }
    }
}

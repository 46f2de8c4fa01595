package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * The disk queue's storage on a simulated disk: the real file that heals itself, and the writer's thread in virtual
 * time.
 */
public final class SimulatedSpool implements SpoolStorage {

    /** The process that it belongs to. */
    public interface Host {

        long nanoTime();

        /** Has it done by the writer's thread, soon. */
        void write(Runnable action);

        /** Has it done by the writer's thread again and again. */
        void mend(Runnable action);

        /** Something may happen here, the process's death too. */
        void step();

        /** Waits for a condition, for so long at most. */
        void await(BooleanSupplier condition, Duration atMost);
    }

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Path NOWHERE = Path.of("no-such-directory", "reserve");

    private final Host host;
    private final SimulatedDisk disk;
    private final List<SpoolRow> loaded;
    private final SelfHealingFile file;
    private List<SpoolRequest> requests = new ArrayList<>();
    private boolean mending;
    private boolean writing;
    private boolean closed;

    private SimulatedSpool(Host host, SimulatedDisk disk, SpoolListener listener) {
        this.host = host;
        this.disk = disk;
        this.loaded = List.copyOf(disk.rows().values());
        this.file = new SelfHealingFile(
                new SpoolOpening.Opened(new File(), loaded),
                (rows, damaged) -> {
                    host.step();
                    disk.replace(rows);
                    host.step();
                    return new File();
                },
                new ReservedSpace(NOWHERE, host::nanoTime),
                new OngoingFailure(listener),
                host::nanoTime,
                NOWHERE);
    }

    /** A disk queue over it. */
    public static DiskQueue queue(
            SpoolSettings settings, SimulatedDisk disk, SpoolListener listener, InstantSource clock, Host host) {
        return new DiskQueue(settings, new SimulatedSpool(host, disk, listener), listener, host::nanoTime, clock);
    }

    @Override
    public List<SpoolRow> loaded() {
        return loaded;
    }

    @Override
    public CompletableFuture<Void> submit(List<SpoolChange> changes) {
        host.step();
        SpoolRequest request = new SpoolRequest(changes);
        if (closed) {
            request.reject("the process is stopping");
            return request.done();
        }
        requests.add(request);
        host.write(this::write);
        if (request.isDurable() && disk.health != SimulatedDisk.Health.SLOW) {
            // who waits for the future does not know virtual time
            host.await(() -> request.done().isDone(), PATIENCE);
        }
        if (disk.health != SimulatedDisk.Health.WELL && !mending) {
            mending = true;
            host.mend(() -> file.write(List.of()));
        }
        return request.done();
    }

    private void write() {
        List<SpoolRequest> batch = requests;
        requests = new ArrayList<>();
        if (!batch.isEmpty()) {
            writing = true;
            host.step();
            file.write(batch);
            writing = false;
        }
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public SpoolCheck check() {
        return new SpoolCheck(List.of(), 0, 0);
    }

    @Override
    public void close() {
        if (writing) {
            disk.interrupted();
        }
        write();
        closed = true;
        file.close();
    }

    @Override
    public void retryNow() {
        // it tries again within a second in any case
    }

    private final class File implements SpoolFile {

        @Override
        public void write(Map<Key, Optional<SpoolRow>> touched, boolean durable) throws SQLException {
            disk.write(touched, durable);
            host.step();
        }

        @Override
        public boolean hasLongLog() {
            return false;
        }

        @Override
        public boolean emptyLog() {
            return true;
        }

        @Override
        public void close() {}
    }
}

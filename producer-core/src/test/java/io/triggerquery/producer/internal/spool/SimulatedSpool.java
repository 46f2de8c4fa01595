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

/** The disk queue's storage on a simulated disk, with the real {@link SelfHealingFile} and a writer thread in virtual time. */
public final class SimulatedSpool implements SpoolStorage {

    /** The process that owns the spool. */
    public interface Host {

        long nanoTime();

        /** Runs the action soon on the writer thread. */
        void write(Runnable action);

        /** Runs the action periodically on the writer thread. */
        void writePeriodically(Runnable action);

        /** A point at which other events may happen, such as the end of the process. */
        void step();

        /** Waits until the condition holds, or the time is up. */
        void await(BooleanSupplier condition, Duration atMost);
    }

    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(2);
    private static final Path NO_SUCH_FILE = Path.of("no-such-directory", "reserve");

    private final Host host;
    private final SimulatedDisk disk;
    private final List<SpoolRow> loaded;
    private final SelfHealingFile file;
    private List<SpoolRequest> requests = new ArrayList<>();
    private boolean retrying;
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
                new ReservedSpace(NO_SUCH_FILE, host::nanoTime),
                new OngoingFailure(listener),
                host::nanoTime,
                NO_SUCH_FILE);
    }

    /** Creates a disk queue on a simulated disk. */
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
            // wait here, because callers would wait for the future in real time
            host.await(() -> request.done().isDone(), WRITE_TIMEOUT);
        }
        if (disk.health != SimulatedDisk.Health.HEALTHY && !retrying) {
            retrying = true;
            host.writePeriodically(() -> file.write(List.of()));
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
        // the periodic write retries within a second anyway
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

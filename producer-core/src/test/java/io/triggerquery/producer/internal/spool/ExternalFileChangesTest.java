package io.triggerquery.producer.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes that other programs or users make to the files, before or while they are in use. */
class ExternalFileChangesTest {

    private final AtomicLong nanos = new AtomicLong();
    private final RecordingListener listener = new RecordingListener();
    private Instant now = Instant.parse("2026-07-01T10:00:00Z");
    private DiskQueue queue;
    private DiskBuffer buffer;
    private Path directory;

    @TempDir
    Path parent;

    @BeforeEach
    void open() {
        directory = parent.resolve("spool");
        SpoolSettings settings =
                new SpoolSettings(directory, 100, 1 << 20, Duration.ofSeconds(20), false, Duration.ZERO);
        queue = new DiskQueue(settings, Application.UNNAMED, listener, nanos::get, InstantSource.fixed(now));
        buffer = new DiskBuffer(queue, () -> {});
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "triggers.db",
                "triggers.db-wal",
                "triggers.db triggers.db-wal triggers.db-shm spool.lock owner.txt reserve"
            })
    void removedFilesAreRecreatedBeforeATriggerCountsAsOnDisk(String removed) throws IOException {
        keep("p-1");
        for (String name : removed.split(" ")) {
            Files.delete(directory.resolve(name));
        }

        assertThat(keep("p-2")).isEqualTo(new Receipt.OnDisk());

        assertThat(Files.exists(directory.resolve("spool.lock"))).isTrue();
        assertThat(idsAfterCrash()).containsExactlyInAnyOrder("p-1", "p-2");
        close();
        open();
        assertThat(waiting()).containsExactlyInAnyOrder("p-1", "p-2");
    }

    @Test
    void logStaysBoundedWhileReaderHoldsOldSnapshot() throws SQLException {
        long most = 0;
        try (Connection reader = Sqlite.connectToRead(directory.resolve("triggers.db"))) {
            Sqlite.execute(reader, "begin");
            Sqlite.strings(reader, "select count(*) from waiting");
            for (int n = 0; !listener.reported.contains("logTooLong") && n < 5_000; n++) {
                List<OutgoingTrigger> triggers = IntStream.range(0, 90)
                        .mapToObj(id -> OutgoingTrigger.of("bills", "p-%0200d".formatted(id)))
                        .toList();
                assertThat(buffer.keep(triggers)).isEqualTo(new Receipt.OnDisk());
                most = Math.max(most, queue.bytes());
            }
        }

        assertThat(listener.reported).containsExactly("logTooLong");
        assertThat(most).isLessThan((1 << 20) + GuardedFile.MAX_LOG_BYTES + (6 << 20));
        keep("later");
        assertThat(queue.bytes()).isLessThan(8 << 20);
        close();
        open();
        assertThat(waiting()).hasSize(91);
    }

    @ParameterizedTest
    @ValueSource(strings = {"triggers.db-shm", "spool.lock"})
    void removedSharedFilesAreSoonRecreated(String removed) throws IOException {
        for (int n = 0; n < GuardedFile.CHECK_INTERVAL; n++) {
            keep("p-1");
        }
        Files.delete(directory.resolve(removed));
        for (int n = 0; n < GuardedFile.CHECK_INTERVAL; n++) {
            assertThat(keep("p-2")).isEqualTo(new Receipt.OnDisk());
        }

        assertThat(directory.resolve(removed)).exists();
        assertThat(idsAfterCrash()).containsExactlyInAnyOrder("p-1", "p-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"triggers.db", "triggers.db-wal"})
    void truncatedFilesAreRewritten(String truncated) throws IOException {
        keep("p-1");
        try (FileChannel file = FileChannel.open(directory.resolve(truncated), StandardOpenOption.WRITE)) {
            file.truncate(0);
        }

        assertThat(keep("p-2")).isEqualTo(new Receipt.OnDisk());

        assertThat(idsAfterCrash()).containsExactlyInAnyOrder("p-1", "p-2");
    }

    @Test
    void triggersAreRejectedUntilRemovedDirectoryIsBack() throws IOException {
        keep("p-1");
        Files.move(directory, parent.resolve("away"));

        assertThat(keep("p-2"))
                .isInstanceOfSatisfying(
                        Receipt.Rejected.class,
                        rejected -> assertThat(rejected.reason()).contains("cannot be written"));

        Files.createDirectory(directory);
        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(keep("p-3")).isEqualTo(new Receipt.OnDisk());
        assertThat(listener.reported).containsExactly("failed", "recovered");
        assertThat(Files.exists(directory.resolve("spool.lock"))).isTrue();
        assertThat(idsAfterCrash()).containsExactlyInAnyOrder("p-1", "p-3");
    }

    @Test
    void replacedDirectoryIsUsed() throws IOException {
        keep("p-1");
        Files.move(directory, parent.resolve("away"));
        Files.createDirectory(directory);

        assertThat(keep("p-2")).isEqualTo(new Receipt.OnDisk());

        assertThat(idsAfterCrash()).containsExactlyInAnyOrder("p-1", "p-2");
    }

    @Test
    void filesAreAccessibleToOwnerOnly() throws IOException {
        keep("p-1");
        // a new file after an error, and an old one in quarantine
        Files.delete(directory.resolve("triggers.db-wal"));
        keep("p-2");
        close();
        Files.writeString(directory.resolve("triggers.db"), "no database at all");
        open();
        keep("p-3");

        assertThat(permissions(directory)).isEqualTo("rwx------");
        assertThat(permissions(directory.resolve("quarantine"))).isEqualTo("rwx------");
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile))
                    .hasSizeGreaterThan(5)
                    .allSatisfy(file ->
                            assertThat(permissions(file)).as(file.toString()).isEqualTo("rw-------"));
        }
    }

    @Test
    void existingFilesBecomeAccessibleToOwnerOnly() throws IOException {
        keep("p-1");
        close();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            }
        }
        open();
        keep("p-2");

        for (String name : List.of("triggers.db", "triggers.db-wal", "triggers.db-shm", "reserve", "owner.txt")) {
            assertThat(permissions(directory.resolve(name))).as(name).isEqualTo("rw-------");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "triggers.db",
                "triggers.db-wal",
                "triggers.db-shm",
                "triggers.next",
                "triggers.draft",
                "reserve",
                "spool.lock",
                "owner.txt",
                "quarantine"
            })
    void symbolicLinkIsNotFollowed(String name) throws IOException {
        close();
        Files.deleteIfExists(directory.resolve(name));
        Path target = Files.writeString(parent.resolve("another's"), "do not touch");
        Files.createSymbolicLink(directory.resolve(name), target);

        assertThatThrownBy(this::open)
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("symbolic link");
        assertThat(target).hasContent("do not touch");
        Files.delete(directory.resolve(name));
        open();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2300-01-01T00:00:00Z", "1960-01-01T00:00:00Z", "+99999-01-01T00:00:00Z"})
    void rowsWrittenUnderWrongClockAreNotDamage(String then) {
        close();
        Instant right = now;
        now = Instant.parse(then);
        open();
        keep("p-1");
        close();
        now = right;
        open();

        assertThat(waiting()).containsExactly("p-1");
        assertThat(listener.reported).isEmpty();
        assertThat(queue.backlog().oldestAge()).isLessThan(Duration.ofDays(40_000));
    }

    @Test
    void wrongClockDoesNotStopTheStart() {
        keep("p-1");
        close();
        now = Instant.parse("2600-01-01T00:00:00Z");
        open();

        assertThat(waiting()).containsExactly("p-1");
        assertThat(listener.reported).isEmpty();
    }

    private Receipt keep(String id) {
        return buffer.keep(List.of(OutgoingTrigger.of("bills", id)));
    }

    private List<String> waiting() {
        return ids(queue.list(100).stream());
    }

    private static List<String> ids(Stream<WaitingTrigger> waiting) {
        return waiting.map(one -> one.trigger().id()).toList();
    }

    /** Returns the ids in a copy of the current files. */
    private List<String> idsAfterCrash() throws IOException {
        Path copy = Files.createDirectory(parent.resolve("copy"));
        for (String name : List.of("triggers.db", "triggers.db-wal")) {
            if (Files.exists(directory.resolve(name))) {
                Files.copy(directory.resolve(name), copy.resolve(name));
            }
        }
        SpoolSettings settings = new SpoolSettings(copy, 100, 1 << 20, Duration.ofSeconds(20), false, Duration.ZERO);
        try (DiskQueue opened = new DiskQueue(
                settings, Application.UNNAMED, SpoolListener.NONE, System::nanoTime, InstantSource.fixed(now))) {
            return ids(opened.list(100).stream());
        }
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

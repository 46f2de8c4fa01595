package io.triggerquery.producer.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.spool.SpoolChange.Put;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** No content of the directory stops the start. {@code -Dspool.seed=N} damages other bits. */
class DamagedSpoolTest {

    private static final Logger log = LoggerFactory.getLogger(DamagedSpoolTest.class);
    private static final int ROWS = 400;
    private static final int ROUNDS = Integer.getInteger("spool.flips", 60);

    private final RecordingListener listener = new RecordingListener();

    @TempDir
    Path directory;

    private DiskQueue open(Path where) {
        SpoolSettings settings =
                new SpoolSettings(where, 10_000, 1 << 24, Duration.ofSeconds(20), false, Duration.ZERO);
        return new DiskQueue(settings, Application.UNNAMED, listener, System::nanoTime, InstantSource.system());
    }

    private void fill() {
        try (DiskQueue queue = open(directory)) {
            List<Put> puts = queue.puts(
                    IntStream.range(0, ROWS)
                            .mapToObj(n -> OutgoingTrigger.of("bills", "payment-%06d".formatted(n)))
                            .toList(),
                    0);
            queue.write(puts).join();
        }
    }

    @Test
    void newestDamagedFilesAreKept() throws IOException {
        for (int n = 0; n < 12; n++) {
            Files.writeString(directory.resolve("triggers.db"), "not a database");
            open(directory).close();
        }

        try (Stream<Path> kept = Files.list(directory.resolve("quarantine"))) {
            assertThat(kept)
                    .hasSize(10)
                    .contains(listener.quarantined.get(11))
                    .doesNotContain(listener.quarantined.get(1));
        }
    }

    @Test
    void flippedBitsNeverStopTheStart() throws IOException {
        fill();
        byte[] sound = Files.readAllBytes(directory.resolve("triggers.db"));
        long seed = Long.getLong("spool.seed", 1);
        log.info("spool.seed={}", seed);
        Random random = new Random(seed);
        int quarantined = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] flipped = sound.clone();
            // every second round damages the header and the root page
            int range = round % 2 == 0 ? sound.length : 200;
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                flipped[random.nextInt(range)] ^= (byte) (1 << random.nextInt(8));
            }
            Path where = Files.createDirectory(directory.resolve("flipped-" + round));
            Files.write(where.resolve("triggers.db"), flipped);
            int before = listener.reported.size();
            try (DiskQueue queue = open(where)) {
                assertThat(new DiskBuffer(queue, () -> {}).keep(List.of(OutgoingTrigger.of("bills", "p-1"))))
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(new io.triggerquery.producer.Receipt.OnDisk());
            }
            quarantined += listener.reported.size() - before;
        }
        log.info("{} of {} files were put into quarantine", quarantined, ROUNDS);
        assertThat(quarantined).isPositive();
    }

    @Test
    void readableRowsOfDamagedFileAreRecoveredAndFileIsQuarantined() throws IOException {
        fill();
        Path database = directory.resolve("triggers.db");
        byte[] bytes = Files.readAllBytes(database);
        // a page in the middle
        int from = bytes.length / 2 / 4096 * 4096;
        java.util.Arrays.fill(bytes, from, from + 4096, (byte) 0x55);
        Files.write(database, bytes);
        try (DiskQueue queue = open(directory)) {
            assertThat(listener.reported).containsExactly("damaged");
            assertThat(listener.quarantined.get(0)).exists().hasParent(directory.resolve("quarantine"));
            assertThat(queue.backlog().pending()).isBetween(ROWS * 3L / 4, ROWS - 1L);
            assertThat(queue.check().problems()).isEmpty();
        }
    }

    @Test
    void fileThatIsNotADatabaseIsQuarantined() throws IOException {
        Files.writeString(directory.resolve("triggers.db"), "not a database at all\n".repeat(500));
        Files.writeString(directory.resolve("triggers.db-wal"), "nor a log\n".repeat(500));
        open(directory).close();
        assertThat(listener.reported).containsExactly("damaged");
        assertThat(listener.quarantined.get(0)).content().startsWith("not a database");
    }

    @Test
    void emptyFileIsQuarantined() throws IOException {
        Files.createFile(directory.resolve("triggers.db"));
        open(directory).close();
        assertThat(listener.reported).containsExactly("damaged");
    }

    @Test
    void fileWithUnknownTableLayoutIsQuarantined() throws SQLException {
        try (Connection connection = Sqlite.connect(directory.resolve("triggers.db"))) {
            Sqlite.execute(connection, "create table waiting (x)", "pragma user_version = 1");
        }
        open(directory).close();
        assertThat(listener.reported).containsExactly("damaged");
    }

    @Test
    void interruptedReplacementIsCompleted() throws IOException, SQLException {
        fill();
        SpoolRow row = new SpoolRow(OutgoingTrigger.of("bills", "p-1"), 9_999, 0, Instant.now(), 0, null);
        SqliteFile.create(directory.resolve("triggers.next"), List.of(row), 1 << 20);
        try (DiskQueue queue = open(directory)) {
            assertThat(queue.backlog().pending()).isEqualTo(1);
        }
        assertThat(directory.resolve("triggers.next")).doesNotExist();
    }

    @Test
    void incompleteReplacementIsOverwritten() throws IOException {
        fill();
        Files.writeString(directory.resolve("triggers.draft"), "half");
        Files.writeString(directory.resolve("triggers.draft-journal"), "half");
        Files.delete(directory.resolve("triggers.db"));
        assertThatCode(() -> open(directory).close()).doesNotThrowAnyException();
    }
}

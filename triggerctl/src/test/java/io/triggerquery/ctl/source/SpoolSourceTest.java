package io.triggerquery.ctl.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.spool.DiskBuffer;
import io.triggerquery.producer.internal.spool.DiskQueue;
import io.triggerquery.producer.internal.spool.SpoolException;
import io.triggerquery.producer.internal.spool.SpoolListener;
import io.triggerquery.producer.internal.spool.SpoolSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolSourceTest {

    @TempDir
    Path directory;

    @Test
    void canBeReadWhileTheApplicationUsesIt() throws Exception {
        try (WaitingFile owner = new WaitingFile(directory);
                SpoolSource source = new SpoolSource(directory)) {
            owner.put("p-1", 7L, null).put("p-2", null, "too large");

            assertThat(source.read().entries())
                    .extracting(Entry::trigger)
                    .containsExactly(
                            new OutgoingTrigger("changed", "p-2", null), new OutgoingTrigger("changed", "p-1", 7L));
            assertThat(source.read().entries()).extracting(Entry::reason).containsExactly("too large", "");
            assertThat(source.damage()).isEmpty();
        }
    }

    @Test
    void canBeReadAfterTheApplicationWasKilled() throws Exception {
        Path killed = Files.createDirectory(directory.resolve("killed"));
        try (WaitingFile owner = new WaitingFile(directory)) {
            owner.put("p-1", null, null);
            // as after a kill, the row is only in the write-ahead log
            Files.copy(directory.resolve("triggers.db"), killed.resolve("triggers.db"));
            Files.copy(directory.resolve("triggers.db-wal"), killed.resolve("triggers.db-wal"));
        }

        assertThat(new SpoolSource(killed).read().entries()).hasSize(1);
        assertThat(new SpoolSource(killed).damage()).isEmpty();
    }

    @Test
    void fileWithAnotherLayoutIsRefused() throws Exception {
        try (WaitingFile owner = new WaitingFile(directory);
                SpoolSource source = new SpoolSource(directory)) {
            owner.put("p-1", null, null).layout(WaitingFile.LAYOUT + 1);

            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(source::read)
                    .withMessageContaining("has the layout 2, but this version reads 1");
            assertThatExceptionOfType(SourceException.class).isThrownBy(source::outgoing);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"spool.lock", "owner.txt", "triggers.db"})
    void followsNoSymbolicLink(String name) throws Exception {
        try (WaitingFile owner = new WaitingFile(directory)) {
            owner.put("p-1", null, null);
        }
        Path target = Files.createTempFile(directory, "another", "");
        Files.deleteIfExists(directory.resolve(name));
        Files.createSymbolicLink(directory.resolve(name), target);

        try (SpoolSource source = new SpoolSource(directory)) {
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(source::outgoing)
                    .withMessageContaining(directory.toString());
        }
        assertThat(target).isEmptyFile();
    }

    @Test
    void isReadOnlyWhileTheApplicationRuns() throws Exception {
        Process application = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RunningApplication.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (SpoolSource source = new SpoolSource(directory)) {
            assertThat(application.inputReader().readLine()).isEqualTo("OnDisk[]");

            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(source::outgoing)
                    .withMessageContaining("in use by process " + application.pid())
                    .withMessageContaining("stop it or use its actuator endpoint triggerproducer");
            assertThatExceptionOfType(SourceException.class).isThrownBy(() -> source.unpark("changed", null));
            assertThat(source.read().entries())
                    .extracting(Entry::trigger)
                    .containsExactly(new OutgoingTrigger("changed", "p-1", 7L));
        } finally {
            application.destroyForcibly();
        }
    }

    /** Keeps one trigger and holds the directory until it is killed. */
    static final class RunningApplication {

        private RunningApplication() {}

        public static void main(String[] arguments) throws Exception {
            DiskQueue queue = queue(Path.of(arguments[0]));
            System.out.println(
                    new DiskBuffer(queue, () -> {}).keep(List.of(new OutgoingTrigger("changed", "p-1", 7L))));
            Thread.currentThread().join();
        }
    }

    @Test
    void applicationCannotStartDuringAChangeAndContinuesAfterIt() {
        try (DiskQueue before = queue(directory)) {
            new DiskBuffer(before, () -> {})
                    .keep(List.of(OutgoingTrigger.of("changed", "p-1"), OutgoingTrigger.of("changed", "p-2")));
        }
        try (SpoolSource source = new SpoolSource(directory)) {
            SendBatch outgoing = source.outgoing();
            outgoing.sent(outgoing.next("changed", 1));

            assertThatExceptionOfType(SpoolException.class)
                    .isThrownBy(() -> queue(directory))
                    .withMessageContaining("is in use by");
            assertThat(directory.resolve("owner.txt"))
                    .content()
                    .startsWith("process " + ProcessHandle.current().pid());
        }
        try (DiskQueue after = queue(directory)) {
            assertThat(after.list(10))
                    .extracting(waiting -> waiting.trigger().id())
                    .containsExactly("p-2");
        }
    }

    @Test
    void pendingReplacementFileIsReadAndSent() throws Exception {
        new WaitingFile(directory).put("old", null, null).close();
        Path other = Files.createDirectory(directory.resolve("other"));
        new WaitingFile(other).put("new", null, null).close();
        Files.move(other.resolve("triggers.db"), directory.resolve("triggers.next"));
        try (SpoolSource source = new SpoolSource(directory)) {
            assertThat(source.read().entries())
                    .extracting(entry -> entry.trigger().id())
                    .containsExactly("new");
            assertThat(source.outgoing().next("changed", 2))
                    .extracting(claimed -> claimed.trigger().id())
                    .containsExactly("new");
        }
        assertThat(directory.resolve("triggers.next")).doesNotExist();
    }

    @Test
    void readableRowsOfDamagedFileAreSentAndFileIsQuarantined() throws Exception {
        try (WaitingFile file = new WaitingFile(directory)) {
            for (int n = 0; n < 500; n++) {
                file.put("p-" + n, null, null);
            }
        }
        Path database = directory.resolve("triggers.db");
        byte[] bytes = Files.readAllBytes(database);
        int middle = bytes.length / 2 / 4096 * 4096;
        Arrays.fill(bytes, middle, middle + 4096, (byte) 0x55);
        Files.write(database, bytes);

        try (SpoolSource source = new SpoolSource(directory)) {
            assertThat(source.damage()).isNotEmpty();
            int readable = source.read().entries().size();
            SendBatch outgoing = source.outgoing();
            List<Claimed> all = outgoing.next("changed", 500);
            outgoing.sent(all);

            assertThat(all).hasSize(readable).hasSizeBetween(300, 499);
        }
        assertThat(directory.resolve("quarantine")).isNotEmptyDirectory();
        assertThat(new SpoolSource(directory).read()).isEqualTo(new Contents(List.of(), List.of()));
    }

    @Test
    void failedWriteIsReported() throws Exception {
        try (WaitingFile file = new WaitingFile(directory)) {
            file.put("p-1", null, "x");
            SpoolSource source = new SpoolSource(directory);
            source.outgoing();
            file.breakTable();
            // so that no new file can be written either
            Files.createDirectories(directory.resolve("triggers.draft").resolve("x"));

            source.unpark("changed", null);

            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(source::close)
                    .withMessageContaining("cannot be written");
        }
    }

    private static DiskQueue queue(Path directory) {
        SpoolSettings settings =
                new SpoolSettings(directory, 100, 1 << 20, Duration.ofSeconds(30), false, Duration.ZERO);
        return new DiskQueue(
                settings, Application.UNNAMED, SpoolListener.NONE, System::nanoTime, InstantSource.system());
    }

    @Test
    void sentTriggersAreDeletedAndRefusedOnesParked() throws Exception {
        new WaitingFile(directory)
                .put("p-1", null, null)
                .put("p-2", null, null)
                .put("p-3", null, null)
                .put("p-4", null, "parked before")
                .close();
        try (SpoolSource source = new SpoolSource(directory)) {
            SendBatch outgoing = source.outgoing();
            List<Claimed> first = outgoing.next("changed", 2);
            assertThat(first).extracting(claimed -> claimed.trigger().id()).containsExactly("p-1", "p-2");
            outgoing.sent(first.subList(0, 1));
            outgoing.refused(first.subList(1, 2), "too large");
            List<Claimed> second = outgoing.next("changed", 2);
            outgoing.putBack(second);
            assertThat(outgoing.next("changed", 2)).isEqualTo(second);
        }

        assertThat(new SpoolSource(directory).read().entries())
                .extracting(entry -> entry.trigger().id() + " " + entry.reason())
                .containsExactly("p-2 too large", "p-4 parked before", "p-3 ");
    }

    @Test
    void parkedTriggersAreUnparkedByIdOrAll() throws Exception {
        new WaitingFile(directory)
                .put("p-1", null, "x")
                .put("p-2", null, "x")
                .put("p-3", null, "x")
                .close();
        try (SpoolSource source = new SpoolSource(directory)) {
            assertThat(source.unpark("changed", "p-1")).isEqualTo(1);
            assertThat(source.unpark("other", null)).isZero();
            assertThat(source.unpark("changed", null)).isEqualTo(2);
        }
        assertThat(new SpoolSource(directory).read().entries())
                .extracting(Entry::state)
                .containsOnly(State.WAITING);
    }

    @Test
    void invalidRowsAreNamedAndOthersAreRead() throws Exception {
        new WaitingFile(directory)
                .put("../x", null, null)
                .put("p-1", null, null, "yesterday")
                .put("p-2", null, null)
                .close();

        Contents contents = new SpoolSource(directory).read();

        assertThat(contents.entries()).extracting(entry -> entry.trigger().id()).containsExactly("p-2");
        assertThat(contents.problems()).hasSize(2).anyMatch(problem -> problem.startsWith("row changed ../x: an id"));
    }

    @Test
    void damagedFileIsReportedWithoutException() throws Exception {
        Files.writeString(directory.resolve("triggers.db"), "this is no database, and it is long enough ".repeat(200));
        SpoolSource source = new SpoolSource(directory);

        assertThat(source.damage()).singleElement().asString().contains("is damaged");
        assertThat(source.read().problems()).singleElement().asString().contains("quarantine");
    }

    @Test
    void directoryWithoutFileIsRefusedAndStaysEmpty() {
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> new SpoolSource(directory).outgoing())
                .withMessageContaining("there is no " + directory.resolve("triggers.db"));
        assertThat(directory).isEmptyDirectory();
    }
}

package io.triggerquery.producer.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed, that use the same directory, or that cannot write any more. */
class KilledSpoolIT {

    private static final int ROUNDS = 4;

    private final RecordingListener listener = new RecordingListener();

    @TempDir
    Path directory;

    @Test
    void acceptedTriggersSurviveEveryKill() throws IOException, InterruptedException {
        Random random = new Random();
        Set<String> accepted = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            Process child = SpoolChild.start(directory, "round-" + round + "-", 1, "");
            BufferedReader output = child.inputReader();
            assertThat(output.readLine()).isEqualTo("open");
            for (int left = 50 + random.nextInt(500); left > 0; left--) {
                accepted.add(output.readLine());
            }
            child.toHandle().destroyForcibly();
            // killed by its handle, so that the rest of its output can be read; the last line may be incomplete
            List<String> rest = output.lines().toList();
            accepted.addAll(rest.subList(0, Math.max(0, rest.size() - 1)));
            child.waitFor();
            assertThat(waiting()).containsAll(accepted);
        }
        assertThat(listener.reported).isEmpty();
    }

    @Test
    void secondProcessIsRefusedUntilFirstHasEnded() throws IOException, InterruptedException {
        Process first = SpoolChild.start(directory, "first-", 1, "");
        BufferedReader output = first.inputReader();
        assertThat(output.readLine()).isEqualTo("open");
        for (int attempt = 0; attempt < 2; attempt++) {
            // twice: a refusal must not cost the owner its lock
            Process second = SpoolChild.start(directory, "second-", 1, "");
            assertThat(second.inputReader().readLine())
                    .startsWith("refused: ")
                    .contains("process " + first.pid() + " on ", "triggerquery.producer.disk-queue.directory");
            second.waitFor();
        }
        first.destroyForcibly();
        first.waitFor();
        Process third = SpoolChild.start(directory, "third-", 1, "");
        BufferedReader lines = third.inputReader();
        assertThat(lines.readLine()).isEqualTo("open");
        assertThat(lines.readLine()).isEqualTo("third-0");
        third.destroyForcibly();
        third.waitFor();
    }

    @Test
    void directoryTakenByAnotherProcessIsNotWritten() throws IOException, InterruptedException {
        Path spool = Files.createDirectory(directory.resolve("spool"));
        SpoolSettings settings =
                new SpoolSettings(spool, 1_000_000, 1L << 30, Duration.ofSeconds(20), false, Duration.ZERO);
        try (DiskQueue queue =
                new DiskQueue(settings, Application.UNNAMED, listener, System::nanoTime, InstantSource.system())) {
            DiskBuffer buffer = new DiskBuffer(queue, () -> {});
            buffer.keep(List.of(OutgoingTrigger.of("bills", "p-1")));
            Files.move(spool, directory.resolve("away"));
            Process other = SpoolChild.start(spool, "other-", 1, "");
            assertThat(other.inputReader().readLine()).isEqualTo("open");

            assertThat(buffer.keep(List.of(OutgoingTrigger.of("bills", "p-2")))).isInstanceOf(Receipt.Rejected.class);

            other.destroyForcibly();
            other.waitFor();
        }
    }

    @Test
    void fullDiskRejectsTriggersAndKeepsAcceptedOnes() throws IOException, InterruptedException {
        // files of at most 2 MiB, in blocks of 512 bytes; the library has to be unpacked too
        Process child = SpoolChild.start(directory, "payment-" + "0".repeat(200) + "-", 20, "ulimit -f 4096; ");
        List<String> lines = child.inputReader().lines().toList();
        child.waitFor();
        assertThat(lines.get(lines.size() - 1))
                .startsWith("stopped by Rejected")
                .contains(directory.toString());
        List<String> accepted = lines.subList(1, lines.size() - 1);
        assertThat(accepted).hasSizeGreaterThan(1_000);
        assertThat(waiting()).containsAll(accepted);
    }

    private Set<String> waiting() {
        SpoolSettings settings =
                new SpoolSettings(directory, 1_000_000, 1L << 30, Duration.ofSeconds(20), false, Duration.ZERO);
        try (DiskQueue queue =
                new DiskQueue(settings, Application.UNNAMED, listener, System::nanoTime, InstantSource.system())) {
            return queue.list(Integer.MAX_VALUE).stream()
                    .map(WaitingTrigger::trigger)
                    .map(trigger -> trigger.id())
                    .collect(Collectors.toSet());
        }
    }
}

package io.triggerquery.producer.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import io.triggerquery.producer.internal.spool.DiskOperation.Promised;
import io.triggerquery.producer.internal.spool.DiskOperation.Released;
import io.triggerquery.producer.internal.spool.SpoolChange.Forget;
import io.triggerquery.producer.internal.spool.SpoolChange.Put;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A power failure at any moment loses no trigger that was reported as on disk. The disk keeps what was synced and some of
 * the other writes. {@code -Dspool.seed=N} makes other commits and images.
 */
class PowerFailureTest {

    private static final Logger log = LoggerFactory.getLogger(PowerFailureTest.class);
    private static final int IMAGES = Integer.getInteger("spool.images", 600);
    private static final int COMMITS = 700;
    private static final int IDS = 120;
    private static final Instant SINCE = Instant.parse("2026-11-24T10:00:00Z");

    private final long seed = Long.getLong("spool.seed", 1);
    private final Random random = new Random(seed);
    private final List<DiskOperation> operations = Collections.synchronizedList(new ArrayList<>());
    private long generation;

    @TempDir
    Path temporary;

    private Path directory = Path.of("");

    /** Uses memory if possible, because the test waits for hundreds of syncs. They are recorded in memory too. */
    @BeforeEach
    void findDirectory() throws IOException {
        Path memory = Path.of("/dev/shm");
        directory = Files.isWritable(memory) ? Files.createTempDirectory(memory, "spool") : temporary;
    }

    @AfterEach
    void deleteDirectory() throws IOException {
        delete(directory);
    }

    @Test
    void triggersOnDiskSurvivePowerFailureAtAnyMoment() throws IOException {
        assumeTrue(SystemCalls.areKnownHere(), "SQLite's calls can be recorded on Linux x86_64 and aarch64 only");
        log.info("spool.seed={}", seed);
        Map<String, byte[]> before = record();

        long syncs =
                operations.stream().filter(DiskOperation.Sync.class::isInstance).count();
        assertThat(operations.stream()
                        .map(DiskOperation::toString)
                        .filter(text -> text.startsWith("Write[file=triggers.db,")))
                .as("the recording contains a checkpoint")
                .isNotEmpty();

        PowerFailure failure = new PowerFailure(before, operations);
        Map<PowerFailure.Rest, Integer> tried = new EnumMap<>(PowerFailure.Rest.class);
        List<String> losses = new ArrayList<>();
        for (int image = 0; image < IMAGES; image++) {
            int at = random.nextInt(operations.size() + 1);
            PowerFailure.Rest rest = PowerFailure.Rest.values()[image % PowerFailure.Rest.values().length];
            Path left = Files.createDirectory(directory.resolve("image-" + image));
            failure.leave(at, rest, random, left);
            tried.merge(rest, 1, Integer::sum);
            losses.addAll(losses(at, rest, left).stream().limit(1).toList());
            delete(left);
        }
        log.info("{} operations, {} syncs, images {}, {} losses", operations.size(), syncs, tried, losses.size());
        assertThat(losses).as("seed %d, images %s", seed, tried).isEmpty();
    }

    private Map<String, byte[]> record() throws IOException {
        Path recorded = Files.createDirectory(directory.resolve("recorded")).toRealPath();
        try (Spool spool = open(recorded, SpoolListener.NONE)) {
            // a first write, so that the system calls are linked
            spool.submit(List.of(put("first"))).join();
            Map<String, byte[]> before = PowerFailure.filesOf(recorded);
            try (SystemCalls calls = SystemCalls.record(recorded, operations::add)) {
                for (int commit = 0; commit < COMMITS; commit++) {
                    work(spool);
                }
            }
            return before;
        }
    }

    private void work(Spool spool) {
        if (random.nextInt(3) == 0) {
            String id = "p-" + random.nextInt(IDS);
            long covered = generation - random.nextInt(3);
            operations.add(new Released(new Key("bills", id), covered));
            CompletableFuture<Void> gone = spool.submit(List.of(new Forget(new Key("bills", id), covered, 0)));
            if (random.nextBoolean()) {
                gone.join();
            }
            return;
        }
        List<SpoolChange> puts = new ArrayList<>();
        for (int one = random.nextInt(4); one >= 0; one--) {
            puts.add(put("p-" + random.nextInt(IDS)));
        }
        spool.submit(puts).join();
        puts.forEach(put -> operations.add(new Promised(put.key(), ((Put) put).generation())));
    }

    private Put put(String id) {
        return new Put(OutgoingTrigger.of("bills", id), ++generation, SINCE, 0);
    }

    private static Spool open(Path directory, SpoolListener listener) {
        SpoolSettings settings =
                new SpoolSettings(directory, 10_000, 1L << 24, Duration.ofSeconds(2), false, Duration.ZERO);
        return Spool.open(settings, Application.UNNAMED, new OngoingFailure(listener), System::nanoTime);
    }

    private List<String> losses(int at, PowerFailure.Rest rest, Path left) {
        Map<Key, Long> promised = new HashMap<>();
        Map<Key, Long> released = new HashMap<>();
        for (DiskOperation operation : operations.subList(0, at)) {
            if (operation instanceof Promised promise) {
                promised.merge(promise.key(), promise.generation(), Math::max);
            } else if (operation instanceof Released release) {
                released.merge(release.key(), release.generation(), Math::max);
            }
        }
        List<Path> damaged = new ArrayList<>();
        SpoolListener listener = new SpoolListener() {
            @Override
            public void damaged(Path quarantined) {
                damaged.add(quarantined);
            }
        };
        try (Spool spool = open(left, listener)) {
            if (!damaged.isEmpty()) {
                return List.of(rest + " after operation " + at + ": wrongly taken for damaged");
            }
            Map<Key, Long> found =
                    spool.loaded().stream().collect(Collectors.toMap(SpoolRow::key, SpoolRow::generation));
            return promised.entrySet().stream()
                    .filter(one -> released.getOrDefault(one.getKey(), -1L) < one.getValue())
                    .filter(one -> found.getOrDefault(one.getKey(), -1L) < one.getValue())
                    .map(one -> rest + " after operation " + at + ": " + one)
                    .toList();
        }
    }

    private static void delete(Path root) throws IOException {
        FileSystemUtils.deleteRecursively(root);
    }
}

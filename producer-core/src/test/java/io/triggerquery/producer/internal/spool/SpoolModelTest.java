package io.triggerquery.producer.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import io.triggerquery.producer.internal.spool.SpoolChange.Forget;
import io.triggerquery.producer.internal.spool.SpoolChange.Park;
import io.triggerquery.producer.internal.spool.SpoolChange.Put;
import io.triggerquery.producer.internal.spool.SpoolChange.Unpark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares a spool with a map that receives the same changes. {@code -Dspool.seed=N} makes other changes. */
class SpoolModelTest {

    private record Expected(long generation, Long version, String parked) {}

    private static final int ROUNDS = 12;
    private static final int STEPS = 150;
    private static final int IDS = 12;

    private final long seed = Long.getLong("spool.seed", 1);
    private final Random random = new Random(seed);
    private final Map<Key, Expected> model = new HashMap<>();
    private long generation;

    @TempDir
    Path directory;

    @Test
    void reopenedSpoolEqualsModel() {
        for (int round = 0; round < ROUNDS; round++) {
            try (Spool spool = open()) {
                Map<Key, Expected> found = new HashMap<>();
                spool.loaded()
                        .forEach(row -> found.put(
                                row.key(),
                                new Expected(row.generation(), row.trigger().version(), row.parked())));
                assertThat(found).as("seed %d, round %d", seed, round).isEqualTo(model);
                for (int step = 0; step < STEPS; step++) {
                    spool.submit(changes());
                }
            }
        }
        assertThat(generation).isPositive();
    }

    private Spool open() {
        SpoolSettings settings =
                new SpoolSettings(directory, 100, 1 << 20, Duration.ofSeconds(2), false, Duration.ZERO);
        return Spool.open(settings, Application.UNNAMED, new OngoingFailure(SpoolListener.NONE), System::nanoTime);
    }

    private List<SpoolChange> changes() {
        List<SpoolChange> changes = new ArrayList<>();
        for (int one = random.nextInt(3); one >= 0; one--) {
            changes.add(change());
        }
        return changes;
    }

    private SpoolChange change() {
        Key key = new Key(random.nextBoolean() ? "bills" : "payments", "p-" + random.nextInt(IDS));
        Expected row = model.get(key);
        long some = generation - random.nextInt(6);
        switch (random.nextInt(6)) {
            case 0 -> {
                if (row != null && row.generation() <= some) {
                    model.remove(key);
                }
                return new Forget(key, some, 0);
            }
            case 1 -> {
                long own = row == null || random.nextInt(3) == 0 ? some : row.generation();
                if (row != null && row.generation() <= own) {
                    model.put(key, new Expected(row.generation(), row.version(), "no"));
                }
                return new Park(key, own, "no");
            }
            case 2 -> {
                model.computeIfPresent(key, (k, old) -> new Expected(old.generation(), old.version(), null));
                return new Unpark(key);
            }
            default -> {
                Long version = random.nextBoolean() ? Long.valueOf(random.nextInt(100)) : null;
                Long merged = version;
                if (row != null) {
                    merged = version == null || row.version() == null
                            ? null
                            : Long.valueOf(Math.max(version, row.version()));
                }
                model.put(key, new Expected(++generation, merged, null));
                return new Put(new OutgoingTrigger(key.destination(), key.id(), version), generation, Instant.now(), 0);
            }
        }
    }
}

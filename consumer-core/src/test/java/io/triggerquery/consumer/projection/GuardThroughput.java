package io.triggerquery.consumer.projection;

import com.zaxxer.hikari.HikariDataSource;
import io.triggerquery.consumer.internal.database.TestDatabase;
import io.triggerquery.consumer.projection.Candidate.Found;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Measures the guard in all databases in one run, and prints ids per second with the ratio to PostgreSQL. Its name
 * keeps it out of the build. No server writes to disk before a commit returns, so the ratio compares CPU work.
 */
class GuardThroughput {

    private static final int ROUNDS = 7;
    private static final int IDS = 10_000;
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

    private static final class Side {

        private final HikariDataSource pool = new HikariDataSource();
        private final ProjectionGuard guard;
        private final TransactionTemplate transaction;
        private final Random random = new Random(1);
        private long version;

        private Side(TestDatabase database) {
            pool.setDataSource(database.migrated());
            guard = new ProjectionGuard(pool);
            transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
        }

        /** Returns the ids admitted per second. */
        private double measure(int batch) {
            long start = System.nanoTime();
            long admitted = 0;
            while (System.nanoTime() - start < ROUND_NANOS) {
                version++;
                int first = random.nextInt(IDS - batch);
                List<Candidate> candidates = IntStream.range(first, first + batch)
                        .<Candidate>mapToObj(id -> new Found("payment-" + id, version))
                        .toList();
                admitted += transaction
                        .execute(status -> guard.admit("billing", candidates, candidate -> candidate))
                        .size();
            }
            return admitted * 1e9 / (System.nanoTime() - start);
        }
    }

    @Test
    void batchesOf100() {
        compare(100);
    }

    @Test
    void singleIds() {
        compare(1);
    }

    private static void compare(int batch) {
        Map<TestDatabase, Side> sides = new EnumMap<>(TestDatabase.class);
        TestDatabase.available().forEach(database -> sides.put(database, new Side(database)));
        Map<TestDatabase, double[]> rates = new EnumMap<>(TestDatabase.class);
        Map<TestDatabase, double[]> ratios = new EnumMap<>(TestDatabase.class);
        sides.forEach((database, side) -> {
            side.measure(batch);
            rates.put(database, new double[ROUNDS]);
            ratios.put(database, new double[ROUNDS]);
        });
        for (int round = 0; round < ROUNDS; round++) {
            for (TestDatabase database : sides.keySet()) {
                rates.get(database)[round] = sides.get(database).measure(batch);
                ratios.get(database)[round] = rates.get(database)[round] / rates.get(TestDatabase.POSTGRESQL)[round];
            }
        }
        System.out.println("Batches of " + batch + ": ids a second (lowest to highest), ratio to PostgreSQL");
        sides.forEach((database, side) -> {
            System.out.println(
                    database + " " + spread("%.0f", rates.get(database)) + ", " + spread("%.2f", ratios.get(database)));
            side.pool.close();
        });
    }

    private static String spread(String format, double[] values) {
        Arrays.sort(values);
        return (format + " (" + format + " to " + format + ")")
                .formatted(values[ROUNDS / 2], values[0], values[ROUNDS - 1]);
    }
}

package io.triggerquery.consumer.projection;

import static io.triggerquery.consumer.projection.G3NeverBackwardsIT.join;
import static io.triggerquery.consumer.projection.Instance.PROJECTION;
import static io.triggerquery.consumer.projection.Instance.elsewhere;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.consumer.internal.database.TestDatabase;
import io.triggerquery.consumer.projection.Candidate.Absent;
import io.triggerquery.consumer.projection.Candidate.Found;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionDefinition;

/**
 * G3 where MySQL and MariaDB differ from other databases: a comparison reads the newest row at any isolation level,
 * statements may lock gaps, and lock waits time out.
 */
@ParameterizedClass
@MethodSource("databases")
class G3InMySqlIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Parameter
    TestDatabase database;

    private DataSource dataSource;
    private Instance one;
    private Instance other;

    static Stream<TestDatabase> databases() {
        return TestDatabase.available().stream().filter(TestDatabase::isMySql);
    }

    @BeforeEach
    void twoInstances() {
        dataSource = database.migrated();
        one = Instance.first(dataSource);
        other = new Instance(dataSource);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                TransactionDefinition.ISOLATION_READ_UNCOMMITTED,
                TransactionDefinition.ISOLATION_READ_COMMITTED,
                TransactionDefinition.ISOLATION_REPEATABLE_READ
            })
    void versionIsComparedWithNewestRowInsteadOfSnapshot(int isolation) {
        one.found("a", 4);
        one.found("b", 4);
        one.transaction.setIsolationLevel(isolation);

        one.transaction.executeWithoutResult(status -> {
            one.guard.versions(PROJECTION, List.of("a"));
            join(elsewhere(() -> other.found("a", 6)));
            assertThat(one.projectFound("a", 5)).isFalse();
            assertThat(one.projectFound("b", 5)).isTrue();
            // including the transaction's own writes
            assertThat(one.projectFound("b", 4)).isFalse();
            assertThat(one.projectFound("a", 7)).isTrue();
        });

        assertThat(one.things()).isEqualTo(Map.of("a", 7L, "b", 5L));
    }

    /** The default of MariaDB since 11.6. */
    @Test
    void snapshotIsolationConflictIsThrownAndRetryDecides() {
        assumeThat(database).isNotEqualTo(TestDatabase.MYSQL);
        one.found("a", 4);
        one.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);

        assertThatThrownBy(() -> one.transaction.executeWithoutResult(status -> {
                    one.jdbc.sql("set innodb_snapshot_isolation = on").update();
                    one.guard.versions(PROJECTION, List.of("a"));
                    join(elsewhere(() -> other.found("a", 6)));
                    one.projectFound("a", 5);
                }))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("Record has changed since last read");
        assertThat(one.found("a", 5)).isFalse();
        assertThat(one.things()).isEqualTo(Map.of("a", 6L));
    }

    @Test
    void serializableWriterWaitsForReaderAndRetryDecides() {
        one.found("a", 4);
        one.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
        other.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
        List<FutureTask<Boolean>> waiting = new ArrayList<>();

        repeated(() -> one.transaction.execute(status -> {
            one.guard.versions(PROJECTION, List.of("a"));
            if (waiting.isEmpty()) {
                waiting.add(elsewhere(() -> repeated(() -> other.found("a", 6))));
                await().atMost(LIMIT).until(() -> database.someoneWaits(dataSource));
            }
            return one.projectFound("a", 5);
        }));

        assertThat(join(waiting.get(0))).isTrue();
        assertThat(one.things()).isEqualTo(Map.of("a", 6L));
    }

    private static boolean repeated(Supplier<Boolean> transaction) {
        while (true) {
            try {
                return transaction.get();
            } catch (ConcurrencyFailureException deadlock) {
                // like the listener
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                TransactionDefinition.ISOLATION_READ_COMMITTED,
                TransactionDefinition.ISOLATION_REPEATABLE_READ,
                TransactionDefinition.ISOLATION_SERIALIZABLE
            })
    void overlappingBatchesOfNewIdsNeverDeadlock(int isolation) {
        one.transaction.setIsolationLevel(isolation);
        other.transaction.setIsolationLevel(isolation);
        long seed = System.nanoTime();

        List<FutureTask<Map<String, Long>>> instances = List.of(
                elsewhere(() -> batches(one, seed)),
                elsewhere(() -> batches(other, seed + 1)),
                elsewhere(() -> batches(one, seed + 2)));

        Map<String, Long> highest = new HashMap<>();
        instances.forEach(instance -> join(instance).forEach((id, version) -> highest.merge(id, version, Math::max)));
        assertThat(one.guard.versions(PROJECTION, highest.keySet()))
                .as("seed " + seed)
                .isEqualTo(highest);
    }

    /** Returns the highest version of each id. The order of the bytes of these ids is not that of Java. */
    private static Map<String, Long> batches(Instance instance, long seed) {
        Random random = new Random(seed);
        Map<String, Long> highest = new HashMap<>();
        for (int round = 0; round < 60; round++) {
            List<Candidate> batch = new ArrayList<>();
            for (int n = 0; n < 20; n++) {
                String id = (random.nextBoolean() ? "\ud83d\ude80" : "\ufb03") + (round / 4 * 10 + random.nextInt(30));
                long version = random.nextInt(100);
                batch.add(random.nextInt(4) > 0 ? new Found(id, version) : new Absent(id, OptionalLong.of(version)));
                highest.merge(id, version, Math::max);
            }
            Collections.shuffle(batch, random);
            instance.transaction.executeWithoutResult(
                    status -> instance.guard.admit(PROJECTION, batch, candidate -> candidate));
        }
        return highest;
    }

    @Test
    void lockTimeoutAdmitsNothingAndRetryDecides() {
        one.found("a", 4);
        one.transaction.executeWithoutResult(status -> {
            one.projectFound("a", 6);
            assertThatThrownBy(() -> join(elsewhere(() -> other.transaction.execute(inner -> {
                        other.jdbc.sql("set innodb_lock_wait_timeout = 1").update();
                        return other.projectFound("a", 5);
                    }))))
                    .hasStackTraceContaining("Lock wait timeout exceeded");
        });

        assertThat(other.found("a", 5)).isFalse();
        assertThat(one.things()).isEqualTo(Map.of("a", 6L));
    }

    /** At the server's default isolation level, where range locks would block new ids. */
    @Test
    void purgeDoesNotBlockNewIds() throws Exception {
        for (String id : List.of("a", "c", "e")) {
            one.absent(id, OptionalLong.of(5));
        }
        one.found("d", 5);
        database.age(dataSource, Duration.ofHours(25));
        one.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);

        one.transaction.executeWithoutResult(status -> {
            assertThat(one.guard.purgeTombstones(PROJECTION, Duration.ofDays(1)))
                    .isEqualTo(3);
            FutureTask<Boolean> admitted = elsewhere(() -> other.found("b", 1) && other.found("d", 6));
            assertThat(admitted).succeedsWithin(60, TimeUnit.SECONDS).isEqualTo(true);
        });
    }

    /** An application's JDBC URL may select a character set that lacks most characters. */
    @Test
    void idsAreKeptWithAnyConnectionCharacterSet() {
        // its driver permits UTF-8 only
        assumeThat(database).isNotEqualTo(TestDatabase.MARIADB);
        one.transaction.executeWithoutResult(status -> {
            JdbcClient jdbc = one.jdbc;
            jdbc.sql("set character_set_client = latin1, character_set_connection = latin1,"
                            + " character_set_results = latin1")
                    .update();
            List<String> ids = List.of("\ud83d\ude80", "\ud83d\ude81", "\u00e4");
            ids.forEach(id -> assertThat(one.guard.admit(PROJECTION, id, 5)).isTrue());
            ids.forEach(id -> assertThat(one.guard.admit(PROJECTION, id, 4)).isFalse());
            assertThat(one.guard.idsAfter(PROJECTION, "", 9)).containsExactlyInAnyOrderElementsOf(ids);
        });
    }
}

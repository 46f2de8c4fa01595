package io.triggerquery.consumer.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.triggerquery.consumer.Id;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.TriggerQueryProjection;
import io.triggerquery.consumer.Version;
import io.triggerquery.consumer.internal.database.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** G3 NeverBackwards when several instances project the same ids at the same time, by the pool's auto-commit. */
@ParameterizedClass
@MethodSource("databasesByAutoCommit")
class TableProjectionRacesIT {

    private static final int IDS = 30;
    private static final int INSTANCES = 4;
    private static final int ROUNDS = 25;

    @TriggerQueryProjection(table = "raced")
    record Plain(@Id String id, @Version long version, String text) {}

    @TriggerQueryProjection(table = "raced", deletedColumn = "deleted")
    record Kept(@Id String id, @Version long version, String text) {}

    @TriggerQueryProjection(table = "raced", guarded = true)
    record Guarded(@Id String id, @Version long version, String text) {}

    @Parameter(0)
    TestDatabase database;

    @Parameter(1)
    boolean autoCommit;

    private final long seed = System.nanoTime();
    private HikariDataSource pool;
    private JdbcClient jdbc;

    static Stream<Arguments> databasesByAutoCommit() {
        return TestDatabase.available().stream()
                .filter(database -> database != TestDatabase.MARIADB_UNUSUAL)
                .flatMap(database -> Stream.of(true, false).map(autoCommit -> Arguments.of(database, autoCommit)));
    }

    @BeforeEach
    void aPool() {
        jdbc = JdbcClient.create(database.migrated());
        jdbc.sql("drop table if exists raced").update();
        jdbc.sql("create table raced (id varchar(99)" + (database.isMySql() ? " collate utf8mb4_bin" : "")
                        + " primary key, version bigint not null, text varchar(99),"
                        + " deleted boolean default false not null)")
                .update();
        pool = new HikariDataSource();
        pool.setDataSource(database.migrated());
        pool.setAutoCommit(autoCommit);
        pool.setMaximumPoolSize(INSTANCES);
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    private interface States<S> {
        Snapshot<S> of(String id, long version);
    }

    /** Runs instances, each of which gets all versions of all ids in another order; returns the newest ones. */
    private <S> Map<String, Long> race(TableProjection<S> table, States<S> states) throws Exception {
        Map<String, Long> newest = new ConcurrentHashMap<>();
        ExecutorService instances = Executors.newFixedThreadPool(INSTANCES);
        List<Future<?>> ends = new ArrayList<>();
        for (int instance = 0; instance < INSTANCES; instance++) {
            Random random = new Random(seed + instance);
            ends.add(instances.submit(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    List<Snapshot<S>> batch = batch(states, random, newest);
                    untilItSucceeds(() -> table.apply(batch));
                }
            }));
        }
        instances.shutdown();
        assertThat(instances.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        for (Future<?> end : ends) {
            end.get();
        }
        return new TreeMap<>(newest);
    }

    private static <S> List<Snapshot<S>> batch(States<S> states, Random random, Map<String, Long> newest) {
        List<Integer> ids = new ArrayList<>(IntStream.range(0, IDS).boxed().toList());
        Collections.shuffle(ids, random);
        List<Snapshot<S>> batch = new ArrayList<>();
        for (int id : ids.subList(0, IDS / 2)) {
            long version = random.nextInt(1_000);
            newest.merge("id-" + id, version, Math::max);
            batch.add(states.of("id-" + id, version));
        }
        return batch;
    }

    /** Retries like the engine. Sorted rows never deadlock, but inserts of the change listener may conflict. */
    private void untilItSucceeds(Runnable round) {
        for (int tries = 1; ; tries++) {
            try {
                round.run();
                return;
            } catch (ConcurrencyFailureException | DataIntegrityViolationException conflict) {
                if (tries == 100 || !mayConflict) {
                    throw conflict;
                }
            }
        }
    }

    private boolean mayConflict;

    private Map<String, Long> versions(String condition) {
        Map<String, Long> versions = new TreeMap<>();
        jdbc.sql("select id, version, text from raced where " + condition).query(row -> {
            versions.put(row.getString(1), row.getLong(2));
            if (condition.equals("true")) {
                assertThat(row.getString(3)).as("seed %d", seed).isEqualTo("text " + row.getLong(2));
            }
        });
        return versions;
    }

    @Test
    void newestStateRemains() throws Exception {
        var newest = race(
                TableProjection.of(Plain.class, pool),
                (id, version) -> Snapshot.found(id, new Plain(id, version, "text " + version)));
        assertThat(versions("true")).as("seed %d", seed).isEqualTo(newest);
    }

    /** Even versions are deletions. */
    @Test
    void newestStateOrDeletionRemains() throws Exception {
        var newest = race(
                TableProjection.of(Kept.class, pool),
                (id, version) -> version % 2 == 0
                        ? Snapshot.absent(id, version)
                        : Snapshot.found(id, new Kept(id, version, "text " + version)));
        assertThat(versions("1 = 1")).as("seed %d", seed).isEqualTo(newest);
        newest.values().removeIf(version -> version % 2 == 0);
        assertThat(versions("not deleted")).as("seed %d", seed).isEqualTo(newest);
    }

    @Test
    void guardedDeletionIsNotUndone() throws Exception {
        var newest = race(
                TableProjection.of(Guarded.class, pool),
                (id, version) -> version % 2 == 0
                        ? Snapshot.absent(id, version)
                        : Snapshot.found(id, new Guarded(id, version, "text " + version)));
        newest.values().removeIf(version -> version % 2 == 0);
        assertThat(versions("true")).as("seed %d", seed).isEqualTo(newest);
    }

    /** Each change passed to a listener begins with the row that the previous change left. */
    @Test
    void changesFormAChain() throws Exception {
        mayConflict = true;
        // includes rolled back transactions, which are repeated with the same previous row
        Map<String, Map<Long, Long>> versionBefore = new ConcurrentHashMap<>();
        ProjectionChangeListener<Plain> chain = changes -> changes.forEach(change -> versionBefore
                .computeIfAbsent(change.id(), id -> new ConcurrentHashMap<>())
                .put(version(change.after()), version(change.before())));
        var table = TableProjection.of(
                Plain.class,
                pool,
                new TableProjection.Surroundings<>(
                        new JdbcTransactionManager(pool), JsonMapper.shared(), List.of(chain)));

        var newest = race(table, (id, version) -> Snapshot.found(id, new Plain(id, version, "text " + version)));

        assertThat(versions("true")).as("seed %d", seed).isEqualTo(newest);
        versionBefore.forEach((id, before) -> {
            long version = newest.get(id);
            int links = 0;
            while (version >= 0) {
                assertThat(before).as("seed %d, %s", seed, id).containsKey(version);
                version = before.get(version);
                links++;
            }
            assertThat(links).as("seed %d, %s", seed, id).isEqualTo(before.size());
        });
    }

    private static long version(@Nullable Plain row) {
        return row == null ? -1 : row.version();
    }
}

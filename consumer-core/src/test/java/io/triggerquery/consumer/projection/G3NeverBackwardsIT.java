package io.triggerquery.consumer.projection;

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
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.TransactionDefinition;

/** G3: an older version never overwrites a newer one, also with two instances at work on one id. */
@ParameterizedClass
@MethodSource("io.triggerquery.consumer.internal.database.TestDatabase#available")
class G3NeverBackwardsIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int NEW_IDS = 200;

    @Parameter
    TestDatabase database;

    private DataSource dataSource;
    private Instance one;
    private Instance other;

    @BeforeEach
    void twoInstances() {
        dataSource = database.migrated();
        one = Instance.first(dataSource);
        other = new Instance(dataSource);
    }

    @Test
    void olderStateNeverOverwritesNewerOne() {
        assertThat(one.found("a", 5)).isTrue();
        assertThat(one.found("a", 6)).isTrue();
        assertThat(one.found("a", 5)).isFalse();
        assertThat(one.found("b", 0)).isTrue();

        assertThat(one.things()).isEqualTo(Map.of("a", 6L, "b", 0L));
    }

    @Test
    void sameVersionIsAdmittedAgain() {
        one.found("a", 5);

        assertThat(one.found("a", 5)).isTrue();
    }

    @Test
    void projectionsAreIndependent() {
        one.found("a", 5);

        Boolean admitted = one.transaction.execute(status -> one.guard.admit("others", "a", 4));

        assertThat(admitted).isTrue();
        assertThat(one.found("a", 4)).isFalse();
    }

    @Test
    void zombieWithOlderVersionIsRefused() throws Exception {
        one.found("a", 4);
        Boolean admitted = one.transaction.execute(status -> {
            // its answer is version 5; while it sleeps, the other instance gets the partition and applies 6
            assertThat(join(elsewhere(() -> other.found("a", 6)))).isTrue();
            return one.projectFound("a", 5);
        });

        assertThat(admitted).isFalse();
        assertThat(one.things()).isEqualTo(Map.of("a", 6L));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void secondWriterWaitsAndIsCompared(boolean known) {
        if (known) {
            one.found("a", 4);
        }
        FutureTask<Boolean> second = one.transaction.execute(status -> {
            one.projectFound("a", 6);
            FutureTask<Boolean> waiting = elsewhere(() -> other.found("a", 5));
            await().atMost(LIMIT).until(() -> database.someoneWaits(dataSource));
            return waiting;
        });

        assertThat(join(second)).isFalse();
        assertThat(one.things()).isEqualTo(Map.of("a", 6L));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rollbackRestoresVersionAndAdmitsSecondWriter(boolean known) {
        if (known) {
            one.found("a", 4);
        }
        FutureTask<Boolean> second = one.transaction.execute(status -> {
            one.projectFound("a", 6);
            FutureTask<Boolean> waiting = elsewhere(() -> other.found("a", 5));
            await().atMost(LIMIT).until(() -> database.someoneWaits(dataSource));
            status.setRollbackOnly();
            return waiting;
        });

        assertThat(join(second)).isTrue();
        assertThat(one.things()).isEqualTo(Map.of("a", 5L));
    }

    @Test
    void failingHandlerLeavesNoVersion() {
        assertThatThrownBy(() -> one.transaction.executeWithoutResult(status -> {
                    one.projectFound("a", 6);
                    throw new IllegalStateException("handler");
                }))
                .hasMessage("handler");

        assertThat(one.guard.versions(PROJECTION, List.of("a"))).isEmpty();
        assertThat(one.found("a", 5)).isTrue();
    }

    @Test
    void tombstoneRefusesOlderAndEqualStates() {
        one.found("a", 5);

        assertThat(one.absent("a", OptionalLong.of(4))).isFalse();
        assertThat(one.absent("a", OptionalLong.of(5))).isTrue();
        assertThat(one.found("a", 4)).isFalse();
        assertThat(one.found("a", 5)).isFalse();
        assertThat(one.absent("a", OptionalLong.of(5))).isTrue();
        assertThat(one.absent("a", OptionalLong.of(6))).isTrue();
        assertThat(one.found("a", 6)).isFalse();
        assertThat(one.things()).isEmpty();
    }

    @Test
    void tombstoneThatArrivesFirstRefusesOlderState() {
        assertThat(one.absent("a", OptionalLong.of(7))).isTrue();
        assertThat(one.found("a", 7)).isFalse();
        assertThat(one.absent("a", OptionalLong.of(6))).isFalse();
    }

    @Test
    void higherVersionRestoresDeletedId() {
        one.found("a", 5);
        one.absent("a", OptionalLong.of(6));

        assertThat(one.found("a", 7)).isTrue();
        assertThat(one.found("a", 7)).isTrue();
        assertThat(one.absent("a", OptionalLong.of(6))).isFalse();
        assertThat(one.things()).isEqualTo(Map.of("a", 7L));
    }

    @Test
    void tombstoneWithoutVersionKeepsVersionOfRow() {
        one.found("a", 5);

        assertThat(one.absent("a", OptionalLong.empty())).isTrue();
        assertThat(one.guard.versions(PROJECTION, List.of("a"))).isEqualTo(Map.of("a", 5L));
        assertThat(one.found("a", 5)).isFalse();
        assertThat(one.found("a", 6)).isTrue();
    }

    @Test
    void tombstoneOfUnknownIdWithoutVersionAdmitsEverything() {
        assertThat(one.absent("a", OptionalLong.empty())).isTrue();
        assertThat(one.absent("a", OptionalLong.empty())).isTrue();
        assertThat(one.found("a", 0)).isTrue();
    }

    @Test
    void batchAdmitsOnlyNewestStateOfEachId() {
        one.found("b", 5);
        one.found("c", 5);
        one.found("d", 5);

        List<Candidate> admitted = one.batch(List.of(
                new Found("e", 2),
                new Found("e", 3),
                new Found("e", 1),
                new Found("d", 6),
                new Absent("d", OptionalLong.empty()),
                new Found("d", 7),
                new Absent("c", OptionalLong.of(5)),
                new Found("c", 5),
                new Found("b", 4),
                new Found("a", 1)));

        assertThat(admitted)
                .containsExactly(
                        new Found("a", 1),
                        new Absent("c", OptionalLong.of(5)),
                        new Absent("d", OptionalLong.empty()),
                        new Found("e", 3));
        assertThat(one.things()).isEqualTo(Map.of("a", 1L, "b", 5L, "e", 3L));
        assertThat(one.batch(List.of())).isEmpty();
    }

    @Test
    void lastOfEqualVersionsInBatchIsAdmitted() {
        List<String> admitted = one.transaction.execute(
                status -> one.guard.admit(PROJECTION, List.of("first", "last"), answer -> new Found("a", 1)));

        assertThat(admitted).containsExactly("last");
    }

    @Test
    void overlappingBatchesInAnyOrderNeverDeadlock() {
        List<FutureTask<Integer>> instances = List.of(
                elsewhere(() -> batches(one, 1)), elsewhere(() -> batches(other, 2)), elsewhere(() -> batches(one, 3)));

        assertThat(instances).allSatisfy(instance -> assertThat(join(instance)).isPositive());
    }

    @Test
    void concurrentInstancesEndAtHighestVersions() {
        long seed = System.nanoTime();
        List<FutureTask<Map<String, Long>>> instances =
                List.of(elsewhere(() -> storm(one, seed)), elsewhere(() -> storm(other, seed + 1)));

        Map<String, Long> highest = new HashMap<>();
        instances.forEach(instance -> join(instance).forEach((id, version) -> highest.merge(id, version, Math::max)));

        assertThat(one.things()).as("seed " + seed).isEqualTo(highest);
        assertThat(one.guard.versions(PROJECTION, highest.keySet())).isEqualTo(highest);
    }

    @Test
    void concurrentInsertsOfNewIdEndAtHighestVersion() {
        CyclicBarrier atOnce = new CyclicBarrier(2);
        FutureTask<Void> low = elsewhere(() -> newIds(one, atOnce, 1));
        FutureTask<Void> high = elsewhere(() -> newIds(other, atOnce, 2));

        join(low);
        join(high);
        assertThat(one.things().values()).hasSize(NEW_IDS).containsOnly(2L);
    }

    @ParameterizedTest
    @ValueSource(ints = {TransactionDefinition.ISOLATION_REPEATABLE_READ, TransactionDefinition.ISOLATION_SERIALIZABLE})
    void conflictAboveReadCommittedIsThrownAndRetryDecides(int isolation) {
        assumeThat(database.isMySql()).as("see G3InMySqlIT").isFalse();
        one.found("a", 4);
        one.transaction.setIsolationLevel(isolation);

        assertThatThrownBy(() -> one.transaction.executeWithoutResult(status -> {
                    one.guard.versions(PROJECTION, List.of("a")); // fixes the snapshot of this transaction
                    join(elsewhere(() -> other.found("a", 6)));
                    one.projectFound("a", 5);
                }))
                .isInstanceOf(ConcurrencyFailureException.class);
        assertThat(one.found("a", 5)).isFalse();
        assertThat(one.things()).isEqualTo(Map.of("a", 6L));
    }

    private static Void newIds(Instance instance, CyclicBarrier atOnce, long version) throws Exception {
        for (int id = 0; id < NEW_IDS; id++) {
            atOnce.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
            instance.found("id-" + id, version);
        }
        return null;
    }

    private static int batches(Instance instance, long seed) {
        Random random = new Random(seed);
        int admitted = 0;
        for (int round = 0; round < 150; round++) {
            List<Candidate> batch = new ArrayList<>();
            for (int id = 0; id < 30; id++) {
                long version = random.nextInt(100);
                if (random.nextInt(3) > 0) {
                    batch.add(
                            random.nextInt(4) > 0
                                    ? new Found("id-" + id, version)
                                    : new Absent("id-" + id, OptionalLong.of(version)));
                }
            }
            Collections.shuffle(batch, random);
            admitted += instance.batch(batch).size();
        }
        return admitted;
    }

    /** Returns the highest version of each id that was proposed and committed. */
    private static Map<String, Long> storm(Instance instance, long seed) {
        Random random = new Random(seed);
        Map<String, Long> highest = new HashMap<>();
        for (int round = 0; round < 300; round++) {
            String id = "id-" + random.nextInt(3);
            long version = round / 3 + random.nextInt(20);
            boolean rollback = random.nextInt(5) == 0;
            instance.transaction.executeWithoutResult(status -> {
                instance.projectFound(id, version);
                if (rollback) {
                    status.setRollbackOnly();
                }
            });
            if (!rollback) {
                highest.merge(id, version, Math::max);
            }
        }
        return highest;
    }

    static <T> T join(FutureTask<T> task) {
        try {
            return task.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}

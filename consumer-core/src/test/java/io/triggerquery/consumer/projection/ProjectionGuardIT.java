package io.triggerquery.consumer.projection;

import static io.triggerquery.consumer.projection.Instance.PROJECTION;
import static io.triggerquery.consumer.projection.Instance.elsewhere;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.internal.database.TestDatabase;
import io.triggerquery.consumer.projection.Candidate.Absent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

/** The guard's transactions, its stored versions and its purge. */
@ExtendWith(OutputCaptureExtension.class)
@ParameterizedClass
@MethodSource("io.triggerquery.consumer.internal.database.TestDatabase#available")
class ProjectionGuardIT {

    private static final Duration DAY = Duration.ofDays(1);
    private static final OptionalLong UNKNOWN = OptionalLong.empty();

    @Parameter
    TestDatabase database;

    private DataSource dataSource;
    private Instance instance;
    private ProjectionGuard guard;

    @BeforeEach
    void anInstance() {
        dataSource = database.migrated();
        instance = Instance.first(dataSource);
        guard = instance.guard;
    }

    @Test
    void nothingIsAdmittedWithoutTransaction() {
        assertThatThrownBy(() -> instance.projectFound("a", 1))
                .isInstanceOf(IllegalTransactionStateException.class)
                .hasMessageContaining("Put @Transactional, with the transaction manager");
        assertThatThrownBy(() -> instance.projectAbsent("a", UNKNOWN))
                .isInstanceOf(IllegalTransactionStateException.class);
        assertThatThrownBy(() -> instance.projectAll(List.of(new Absent("a", UNKNOWN))))
                .isInstanceOf(IllegalTransactionStateException.class);

        assertThat(instance.things()).isEmpty();
        assertThat(guard.versions(PROJECTION, List.of("a"))).isEmpty();
    }

    @Test
    void transactionOfAnotherDataSourceDoesNotCount() {
        TransactionTemplate foreign = new TransactionTemplate(new JdbcTransactionManager(database.empty()));

        assertThatThrownBy(() -> foreign.execute(status -> instance.projectFound("a", 1)))
                .isInstanceOf(IllegalTransactionStateException.class)
                .hasMessageContaining("one of its own DataSource");

        assertThat(guard.versions(PROJECTION, List.of("a"))).isEmpty();
    }

    @Test
    void connectionWithoutAutoCommitIsNoTransaction() {
        Instance uncommitted = new Instance(new DelegatingDataSource(dataSource) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                connection.setAutoCommit(false);
                return connection;
            }
        });

        assertThatThrownBy(() -> uncommitted.projectFound("a", 1)).isInstanceOf(IllegalTransactionStateException.class);

        // outside of a handler's transaction, each statement commits by itself
        instance.absent("b", UNKNOWN);
        database.age(dataSource, Duration.ofHours(25));
        uncommitted.guard.purgeTombstones(PROJECTION, DAY);
        assertThat(guard.purgeTombstones(PROJECTION, DAY)).isZero();
    }

    @Test
    void missingTableIsNamedWithItsScript() {
        DataSource empty = database.empty();
        ProjectionGuard withoutTable = new ProjectionGuard(empty);
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(empty));

        assertThatThrownBy(() -> transaction.execute(status -> withoutTable.admit(PROJECTION, "a", 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("trigger_projection")
                .hasMessageContaining("Add " + database.scripts() + " to");
    }

    @Test
    void tableOfAnotherVersionIsNamedAtStart() {
        DataSource other = database.empty();
        JdbcClient.create(other)
                .sql("create table trigger_projection (projection varchar(9), id varchar(9))")
                .update();

        assertThatThrownBy(() -> new ProjectionGuard(other).checkTable())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The table trigger_projection can't be used. Add " + database.scripts());
        guard.checkTable();
    }

    /** A state created again at a lower version cannot be distinguished from an older answer. */
    @Test
    void idRecreatedAtLowerVersionIsRefusedAndLoggedUntilForgotten(CapturedOutput output) {
        instance.found("a", 7);
        instance.absent("a", UNKNOWN);

        assertThat(instance.found("a", 1)).isFalse();
        assertThat(output)
                .contains("keeps a deletion of version 7 of a, and a state of version 1 was refused")
                .contains("ProjectionGuard.forget(\"things\", \"a\")");

        instance.transaction.execute(status -> guard.forget(PROJECTION, "a"));
        assertThat(instance.found("a", 1)).isTrue();
        assertThat(instance.things()).isEqualTo(Map.of("a", 1L));
    }

    @Test
    void purgeAdmitsIdRecreatedAtLowerVersion() {
        instance.found("a", 7);
        instance.absent("a", UNKNOWN);
        database.age(dataSource, Duration.ofHours(25));
        guard.purgeTombstones(PROJECTION, DAY);
        assertThat(instance.found("a", 1)).isTrue();
    }

    @Test
    void returnsVersionsOfStatesAndTombstones() {
        instance.found("a", 5);
        instance.found("b", 6);
        instance.absent("b", OptionalLong.of(7));
        instance.absent("c", UNKNOWN);
        instance.transaction.execute(status -> guard.admit("others", "d", 8));

        assertThat(guard.versions(PROJECTION, List.of("a", "b", "c", "d"))).isEqualTo(Map.of("a", 5L, "b", 7L));
        assertThat(guard.versions(PROJECTION, List.of("a"))).isEqualTo(Map.of("a", 5L));
        assertThat(guard.versions(PROJECTION, List.of())).isEmpty();
    }

    @Test
    void pagesThroughIdsInJavaOrder() {
        List<String> ids = List.of("10", "2", "A", "B", "_", "a", "a-b", "a:b", "aa", "b", "~");
        ids.forEach(id -> instance.found(id, 1));
        instance.found("Gone", 1);
        instance.absent("Gone", UNKNOWN);
        instance.transaction.execute(status -> guard.admit("others", "other", 1));

        assertThat(guard.idsAfter(PROJECTION, "", 4)).isEqualTo(ids.subList(0, 4));
        assertThat(guard.idsAfter(PROJECTION, "B", 4)).isEqualTo(ids.subList(4, 8));
        assertThat(guard.idsAfter(PROJECTION, "a:b", 4)).isEqualTo(ids.subList(8, 11));
        assertThat(guard.idsAfter(PROJECTION, "", 10_000))
                .isEqualTo(ids)
                .isEqualTo(ids.stream().sorted().toList());
    }

    /** Cases, trailing blanks, accents, composed or not, characters outside of the BMP, and the greatest length. */
    @Test
    void idsAreComparedExactly() {
        List<String> ids = List.of(
                "a",
                "A",
                "a b",
                "a ",
                "a  ",
                "\u00e4",
                "a\u0308",
                "\u00c4",
                "ss",
                "\u00df",
                "\ufb03",
                "\ud83d\ude80",
                "\ud83d\ude81",
                "'\"\\%_`?:x",
                "x".repeat(256),
                "\ud83d\ude80".repeat(64));
        for (int version = 0; version < ids.size(); version++) {
            assertThat(admit(ids.get(version), version)).isTrue();
        }

        Map<String, Long> versions = guard.versions(PROJECTION, ids);
        for (int version = 0; version < ids.size(); version++) {
            assertThat(versions).containsEntry(ids.get(version), (long) version);
        }
        assertThat(guard.idsAfter(PROJECTION, "", 100)).hasSameElementsAs(ids).hasSameSizeAs(ids);
        ids.forEach(id -> assertThat(admit(id, ids.size())).isTrue());
        ids.forEach(id -> assertThat(admit(id, ids.size() - 1)).isFalse());
    }

    private boolean admit(String id, long version) {
        return instance.transaction.execute(status -> guard.admit(PROJECTION, id, version));
    }

    @Test
    void pagesReachEachIdOnce() {
        List<String> ids = List.of("\ufb03", "\ud83d\ude80", "\uffe6", "\ud83d\ude81", "a", "\u20ac");
        ids.forEach(id -> admit(id, 1));

        List<String> read = new ArrayList<>();
        List<String> page = guard.idsAfter(PROJECTION, "", 1);
        while (!page.isEmpty()) {
            read.addAll(page);
            page = guard.idsAfter(PROJECTION, page.get(0), 1);
        }
        assertThat(read).hasSameElementsAs(ids).hasSameSizeAs(ids);
    }

    @Test
    void thousandsOfIdsAreReadInOneCall() {
        List<Candidate> many = IntStream.range(0, 2_500)
                .<Candidate>mapToObj(n -> new Candidate.Found("id-" + n, 5))
                .toList();
        List<String> ids = many.stream().map(Candidate::id).toList();
        admit("id-7", 6);

        List<Candidate> admitted =
                instance.transaction.execute(status -> guard.admit(PROJECTION, many, candidate -> candidate));

        assertThat(admitted).hasSize(2_499).doesNotContain(many.get(7));
        assertThat(guard.versions(PROJECTION, ids)).hasSize(2_500).containsEntry("id-2499", 5L);
    }

    @Test
    void purgesOnlyTombstonesOfTheAge() {
        instance.found("found", 1);
        instance.absent("old", OptionalLong.of(5));
        instance.transaction.execute(status -> guard.admitAbsent("others", "old", OptionalLong.of(5)));
        database.age(dataSource, Duration.ofHours(25));
        instance.absent("young", OptionalLong.of(5));

        assertThat(guard.purgeTombstones(PROJECTION, DAY)).isEqualTo(1);
        assertThat(guard.purgeTombstones(PROJECTION, DAY)).isZero();

        assertThat(guard.versions(PROJECTION, List.of("found", "old", "young")))
                .isEqualTo(Map.of("found", 1L, "young", 5L));
        assertThat(guard.versions("others", List.of("old"))).isEqualTo(Map.of("old", 5L));
    }

    @Test
    void purgesInSeveralTransactions() {
        int many = 2 * GuardSql.PURGED_AT_ONCE + 1;
        instance.batch(IntStream.range(0, many)
                .<Candidate>mapToObj(n -> new Absent("id-" + n, UNKNOWN))
                .toList());
        database.age(dataSource, DAY.plusMinutes(1));

        assertThat(guard.purgeTombstones(PROJECTION, DAY)).isEqualTo(many);
    }

    @Test
    void purgeDoesNotWaitForLockedId() throws Exception {
        instance.absent("a", OptionalLong.of(5));
        instance.absent("b", OptionalLong.of(5));
        database.age(dataSource, Duration.ofHours(25));

        instance.transaction.executeWithoutResult(status -> {
            assertThat(instance.projectFound("a", 6)).isTrue();
            FutureTask<Integer> purge = elsewhere(() -> guard.purgeTombstones(PROJECTION, DAY));
            assertThat(purge).succeedsWithin(60, TimeUnit.SECONDS).isEqualTo(1);
        });

        assertThat(guard.versions(PROJECTION, List.of("a", "b"))).isEqualTo(Map.of("a", 6L));
    }
}

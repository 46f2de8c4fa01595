package io.triggerquery.consumer.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.triggerquery.consumer.Column;
import io.triggerquery.consumer.Id;
import io.triggerquery.consumer.Json;
import io.triggerquery.consumer.ResyncSource.Entry;
import io.triggerquery.consumer.ResyncSource.Page;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.TriggerQueryProjection;
import io.triggerquery.consumer.Version;
import io.triggerquery.consumer.internal.database.TestDatabase;
import io.triggerquery.consumer.projection.ProjectionChangeListener.Change;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The writes of a ready-made projection, in each database. */
@ParameterizedClass
@MethodSource("databases")
class TableProjectionIT {

    enum Mood {
        GOOD,
        BAD
    }

    record Line(String article, int count) {}

    @TriggerQueryProjection(table = "bill")
    record Bill(
            @Id String paymentId,
            boolean billed,
            @Nullable String billId,
            @Version long version) {}

    @TriggerQueryProjection(table = "everything", appliedAtColumn = "applied_at")
    record Everything(
            @Id String id,
            @Version long version,
            @Nullable Boolean flag,
            @Nullable Integer number,
            @Nullable Long big,
            @Nullable Double part,
            @Nullable BigDecimal amount,
            @Nullable BigInteger whole,
            @Nullable Instant at,
            @Nullable LocalDate born,
            @Nullable LocalDateTime local,
            @Nullable UUID uuid,
            @Nullable Mood mood,
            @Json @Nullable List<Line> articles,
            @Column("ORDER") @Nullable String sequence) {}

    @TriggerQueryProjection(table = "bill", deletedColumn = "deleted", appliedAtColumn = "applied_at")
    record Kept(
            @Id String paymentId,
            @Nullable String billId,
            @Version long version) {}

    @TriggerQueryProjection(table = "bill", guarded = true)
    record Guarded(
            @Id String paymentId,
            @Nullable String billId,
            @Version long version) {}

    @TriggerQueryProjection(table = "bill", deletedColumn = "deleted")
    record Numbered(
            @Id @Column("number") long id,
            @Nullable String billId,
            @Version long version) {}

    @Parameter
    TestDatabase database;

    private DataSource dataSource;
    private JdbcClient jdbc;

    static List<TestDatabase> databases() {
        return TestDatabase.available();
    }

    @BeforeEach
    void emptyDatabase() {
        dataSource = database.migrated();
        jdbc = JdbcClient.create(dataSource);
        jdbc.sql("drop table if exists bill").update();
        jdbc.sql("drop table if exists everything").update();
    }

    private String idType() {
        return database.isMySql() ? "varchar(256) collate utf8mb4_bin" : "varchar(256)";
    }

    private String instant() {
        return database.isMySql() ? "datetime(6)" : "timestamp(6) with time zone";
    }

    private void createBill(String more) {
        jdbc.sql("create table bill (payment_id " + idType()
                        + " primary key, bill_id varchar(20), version bigint not null" + more + ")")
                .update();
    }

    private List<String> bills() {
        return jdbc.sql("select payment_id, bill_id, version from bill order by payment_id")
                .query((row, number) -> row.getString(1) + " " + row.getString(2) + " " + row.getLong(3))
                .list();
    }

    private static Snapshot<Bill> bill(String id, @Nullable String billId, long version) {
        return Snapshot.found(id, new Bill(id, billId != null, billId, version), version);
    }

    private static Snapshot<Kept> kept(String id, @Nullable String billId, long version) {
        return Snapshot.found(id, new Kept(id, billId, version), version);
    }

    private static Snapshot<Guarded> guarded(String id, @Nullable String billId, long version) {
        return Snapshot.found(id, new Guarded(id, billId, version), version);
    }

    @Test
    void writesNewerAndDifferentStatesButNoOlderOnes() {
        createBill(", billed boolean not null");
        var table = TableProjection.of(Bill.class, dataSource);

        table.apply(List.of(bill("b", "two", 2), bill("a", null, 1)));
        assertThat(bills()).containsExactly("a null 1", "b two 2");
        table.apply(List.of(bill("b", "older", 1), bill("a", "three", 3), bill("c", null, 0)));
        assertThat(bills()).containsExactly("a three 3", "b two 2", "c null 0");
        table.apply(List.of(bill("b", "corrected", 2)));
        assertThat(bills()).containsExactly("a three 3", "b corrected 2", "c null 0");
        assertThat(table.versions(List.of("a", "b", "c", "d"))).isEqualTo(Map.of("a", 3L, "b", 2L, "c", 0L));
        assertThat(table.versions(List.of())).isEmpty();
        table.apply(List.of());
    }

    @Test
    void newestOfSeveralStatesOfAnIdIsWritten() {
        createBill(", billed boolean not null");
        var table = TableProjection.of(Bill.class, dataSource);

        table.apply(List.of(bill("a", "one", 1), bill("a", "three", 3), bill("a", "two", 2)));

        assertThat(bills()).containsExactly("a three 3");
    }

    @Test
    void storesAndReadsEveryType() {
        createEverything();
        List<Change<Everything>> changes = new ArrayList<>();
        var table = listened(Everything.class, changes);
        var all = new Everything(
                "ä-€-😀 '\"\\ {}",
                Long.MAX_VALUE,
                true,
                Integer.MIN_VALUE,
                Long.MIN_VALUE,
                0.1,
                new BigDecimal("12345678901.23"),
                new BigInteger("12345678901234567890"),
                Instant.parse("2026-03-29T01:30:00.123456Z"),
                LocalDate.of(1900, 2, 28),
                LocalDateTime.of(2026, 3, 29, 2, 30, 0, 1_000),
                UUID.fromString("00000000-0000-0000-ffff-0123456789ab"),
                Mood.BAD,
                List.of(new Line("\"Tea\", \u2028 {1,2}", 3)),
                "a\tb\nc, {d} \\\"e\" NULL ");
        var nothing =
                new Everything("none", 1, null, null, null, null, null, null, null, null, null, null, null, null, null);

        table.apply(List.of(
                Snapshot.found(all.id(), all, all.version()), Snapshot.found("none", nothing, nothing.version())));
        assertThat(changes).extracting(Change::after).containsExactlyInAnyOrder(all, nothing);
        changes.clear();
        Object written = rows("everything");
        table.apply(List.of(
                Snapshot.found(all.id(), all, all.version()), Snapshot.found("none", nothing, nothing.version())));
        assertThat(changes).as("an equal state is no change").isEmpty();
        assertThat(rows("everything")).usingRecursiveComparison().isEqualTo(written);
    }

    /** PostgreSQL refuses them by itself; drivers of MySQL and MariaDB store 0045 and 0000. */
    @Test
    void dateOutsideTheYearsOfTheDatabaseIsRefused() {
        createEverything();
        var table = TableProjection.of(Everything.class, dataSource);
        for (LocalDate day : List.of(LocalDate.of(-44, 3, 15), LocalDate.of(0, 1, 1), LocalDate.of(10_000, 1, 1))) {
            LocalDateTime local = day.atStartOfDay();
            for (Everything state : List.of(
                    dated(day, null, null),
                    dated(null, local, null),
                    dated(null, null, local.toInstant(ZoneOffset.UTC)))) {
                Throwable refused = catchThrowable(() -> table.apply(List.of(Snapshot.found("a", state, 1))));
                assertThat(refused == null).as("%s", state).isEqualTo(database == TestDatabase.H2);
            }
        }
        LocalDateTime end = LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_999);
        if (database.isMySql()) {
            table.apply(List.of(Snapshot.found("a", dated(null, end, null), 1)));
            assertThat(jdbc.sql("select cast(local as char) from everything")
                            .query(String.class)
                            .single())
                    .isEqualTo("9999-12-31 23:59:59.999999");
        }
    }

    private static Everything dated(@Nullable LocalDate born, @Nullable LocalDateTime local, @Nullable Instant at) {
        return new Everything("a", 1, null, null, null, null, null, null, at, born, local, null, null, null, null);
    }

    private void createEverything() {
        String uuid = database.isMySql() ? "char(36)" : "uuid";
        String json = database == TestDatabase.POSTGRESQL ? "jsonb" : "json";
        String order = database.isMySql() ? "`order`" : database == TestDatabase.H2 ? "\"ORDER\"" : "\"order\"";
        jdbc.sql("create table everything (id " + idType() + " primary key, version bigint not null, flag boolean,"
                        + " number integer, big bigint, part double precision, amount numeric(19, 2), whole numeric(38),"
                        + " at " + instant() + ", " + "born date, local "
                        + (database.isMySql() ? "datetime(6)" : "timestamp(6)") + ", uuid " + uuid
                        + ", mood varchar(10), articles " + json + ", " + order + " varchar(99), applied_at "
                        + instant()
                        + ")")
                .update();
    }

    private List<Map<String, Object>> rows(String table) {
        return jdbc.sql("select * from " + table + " order by 1").query().listOfRows();
    }

    private <S> TableProjection<S> listened(Class<S> type, List<Change<S>> changes) {
        return TableProjection.of(
                type,
                dataSource,
                new TableProjection.Surroundings<>(
                        new JdbcTransactionManager(dataSource), JsonMapper.shared(), List.of(changes::addAll)));
    }

    @Test
    void tombstoneRefusesOlderStates() {
        createBill(", deleted boolean not null, applied_at " + instant());
        var table = TableProjection.of(Kept.class, dataSource);

        table.apply(List.of(kept("a", "one", 1), kept("b", "two", 2)));
        table.apply(List.of(Snapshot.absent("a", 2), Snapshot.absent("b", 1), Snapshot.absent("c"), kept("d", "x", 0)));
        assertThat(bills()).containsExactly("a null 2", "b two 2", "c null -1", "d x 0");
        assertThat(table.versions(List.of("a", "b", "c"))).isEqualTo(Map.of("a", 2L, "b", 2L));
        assertThat(table.page(null).entries())
                .containsExactly(new Entry("a", 2, true), new Entry("b", 2, false), new Entry("d", 0, false));
        Object once = rows("bill");
        table.apply(List.of(Snapshot.absent("a", 2), Snapshot.absent("c"), kept("a", "late", 1), kept("a", "same", 2)));
        assertThat(rows("bill")).isEqualTo(once);

        table.apply(List.of(kept("a", "again", 3), kept("c", "again", 0), Snapshot.absent("b")));
        assertThat(bills()).containsExactly("a again 3", "b null 2", "c again 0", "d x 0");
        assertThat(jdbc.sql("select payment_id from bill where deleted")
                        .query(String.class)
                        .list())
                .containsExactly("b");
    }

    @Test
    void guardedRowStaysDeleted() {
        createBill("");
        List<Change<Guarded>> changes = new ArrayList<>();
        var table = listened(Guarded.class, changes);

        table.apply(List.of(guarded("a", "one", 1), guarded("b", "two", 2)));
        table.apply(List.of(Snapshot.absent("a", 2), Snapshot.absent("b", 1), Snapshot.absent("c")));
        table.apply(List.of(guarded("a", "late", 1), guarded("a", "same", 2)));
        assertThat(bills()).containsExactly("b two 2");
        table.apply(List.of(guarded("a", "again", 3), guarded("b", "corrected", 2)));
        assertThat(bills()).containsExactly("a again 3", "b corrected 2");
        assertThat(changes)
                .extracting(change -> change.id() + " " + billId(change.before()) + " " + billId(change.after()))
                .containsExactly("a null one", "b null two", "a one null", "a null again", "b two corrected");
    }

    private static @Nullable String billId(@Nullable Guarded row) {
        return row == null ? null : row.billId();
    }

    @Test
    void changeListenerIsCalledForRealChangesInSameTransaction() {
        createBill(", deleted boolean not null, applied_at " + instant());
        List<Change<Kept>> changes = new ArrayList<>();
        var table = listened(Kept.class, changes);

        table.apply(List.of(kept("a", "one", 1), kept("b", "two", 2), Snapshot.absent("c", 1)));
        assertThat(changes)
                .containsExactly(
                        new Change<>("a", null, new Kept("a", "one", 1)),
                        new Change<>("b", null, new Kept("b", "two", 2)));
        changes.clear();
        table.apply(List.of(kept("a", "one", 1), kept("b", "late", 1), Snapshot.absent("c", 1)));
        assertThat(changes).isEmpty();
        table.apply(List.of(Snapshot.absent("a", 1), kept("b", "three", 3)));
        assertThat(changes)
                .containsExactly(
                        new Change<>("a", new Kept("a", "one", 1), null),
                        new Change<>("b", new Kept("b", "two", 2), new Kept("b", "three", 3)));

        var refusing = TableProjection.of(
                Kept.class,
                dataSource,
                new TableProjection.Surroundings<Kept>(
                        new JdbcTransactionManager(dataSource), JsonMapper.shared(), List.of(change -> {
                            throw new IllegalStateException("no");
                        })));
        assertThatThrownBy(() -> refusing.apply(List.of(kept("b", "four", 4)))).hasMessage("no");
        assertThat(bills()).contains("b three 3");
    }

    @Test
    void joinsCallerTransactionAndRefusesOthers() {
        createBill(", billed boolean not null");
        var table = TableProjection.of(Bill.class, dataSource);
        var own = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        own.executeWithoutResult(status -> {
            table.apply(List.of(bill("a", "one", 1)));
            status.setRollbackOnly();
        });
        assertThat(bills()).isEmpty();

        var other = new TransactionTemplate(new JdbcTransactionManager(TestDatabase.H2.empty()));
        assertThatThrownBy(() -> other.executeWithoutResult(status -> table.apply(List.of(bill("a", "one", 1)))))
                .isInstanceOf(IllegalTransactionStateException.class)
                .hasMessageContaining("A TableProjection needs a transaction of its own DataSource");
    }

    @Test
    void refusesStatesOfOtherIds() {
        createBill(", billed boolean not null");
        var table = TableProjection.of(Bill.class, dataSource);

        assertThatThrownBy(() -> table.apply(List.of(Snapshot.found("a", new Bill("b", true, "x", 1), 1))))
                .hasMessage("The source was queried for a and returned a state whose paymentId is b");
        assertThatThrownBy(() -> table.apply(List.of(Snapshot.found("a", new Bill("a", true, "x", -1)))))
                .hasMessageStartingWith("The state of a has the version -1");
        assertThatThrownBy(() -> table.apply(List.of(Snapshot.absent("a"))))
                .hasMessageContaining("Set deletedColumn or guarded");
        assertThatThrownBy(() -> table.apply(List.of(bill("a", "b".repeat(21), 1))))
                .isInstanceOf(DataAccessException.class);
        assertThat(bills()).isEmpty();
    }

    @Test
    void manyRowsAreWrittenInOneStatement() {
        createBill(", billed boolean not null");
        var table = TableProjection.of(Bill.class, dataSource);

        table.apply(
                IntStream.range(0, 2_500).mapToObj(i -> bill("p-" + i, null, 1)).toList());

        assertThat(bills()).hasSize(2_500);
        Set<String> listed = new HashSet<>();
        for (String cursor = ""; cursor != null; ) {
            Page page = table.page(cursor.isEmpty() ? null : cursor);
            page.entries().forEach(entry -> assertThat(listed.add(entry.id())).isTrue());
            cursor = page.next();
        }
        assertThat(listed).hasSize(2_500);
        assertThat(table.versions(Stream.iterate(0, i -> i + 1)
                        .limit(2_500)
                        .map(i -> "p-" + i)
                        .toList()))
                .hasSize(2_500);
    }

    /** "07" is not the text of 7, even if the source's method takes a String and reports an absence. */
    @Test
    void otherSpellingOfNumericIdIsRejected() {
        jdbc.sql("create table bill (number bigint primary key, bill_id varchar(20), version bigint not null,"
                        + " deleted boolean not null)")
                .update();
        var table = TableProjection.of(Numbered.class, dataSource);
        table.apply(List.of(Snapshot.found("7", new Numbered(7, "one", 1), 1)));

        for (String other : List.of("07", "+7", "seven")) {
            assertThatThrownBy(() -> table.apply(List.of(Snapshot.absent(other))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not the text of a id");
        }
        assertThat(table.entries(List.of("07", "7", "seven"))).containsExactly(new Entry("7", 1, false));
    }

    /** As in rows from before a column was added. */
    @Test
    void rowWithNullForPrimitiveIsReplaced() {
        createBill(", billed boolean");
        jdbc.sql("insert into bill (payment_id, version) values ('a', 1)").update();
        List<Change<Bill>> changes = new ArrayList<>();

        listened(Bill.class, changes).apply(List.of(bill("a", "two", 2)));

        assertThat(changes)
                .containsExactly(new Change<>("a", new Bill("a", false, null, 1), new Bill("a", true, "two", 2)));
    }
}

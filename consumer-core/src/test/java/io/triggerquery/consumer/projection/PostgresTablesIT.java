package io.triggerquery.consumer.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.Id;
import io.triggerquery.consumer.Json;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.TriggerQueryProjection;
import io.triggerquery.consumer.Version;
import io.triggerquery.consumer.internal.database.TestDatabase;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.TimeZone;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tables of PostgreSQL as the migrations of other teams and tools create them. */
class PostgresTablesIT {

    enum Mood {
        GOOD,
        BAD
    }

    @TriggerQueryProjection(table = "found")
    record Text(
            @Id String id, @Version long version, @Nullable String text) {}

    @TriggerQueryProjection(table = "found")
    record Moods(@Id String id, @Version long version, Mood mood, Mood former) {}

    @TriggerQueryProjection(table = "found")
    record Domains(
            @Id String id,
            @Version long version,
            BigDecimal amount,
            Instant at,
            boolean flag,
            @Json List<String> texts,
            Mood mood) {}

    @TriggerQueryProjection(table = "found")
    record Times(@Id String id, @Version long version, Instant at, LocalDateTime local) {}

    @TriggerQueryProjection(table = "found")
    record Number(@Id long id, @Version long version) {}

    private DataSource dataSource;
    private JdbcClient jdbc;

    @BeforeEach
    void emptyDatabase() {
        dataSource = TestDatabase.POSTGRESQL.empty();
        jdbc = JdbcClient.create(dataSource);
    }

    private void run(String... statements) {
        List.of(statements).forEach(statement -> jdbc.sql(statement).update());
    }

    private static Snapshot<Text> text(String id, long version, String text) {
        return Snapshot.found(id, new Text(id, version, text), version);
    }

    private void fails(Class<?> type, String... said) {
        RefusedTable.check(type, dataSource, said);
    }

    /** Enum types as ORMs name them: with capital letters, or in a schema outside of the search path. */
    @Test
    void enumTypeMayHaveAnyName() {
        run(
                "create type \"Mood\" as enum ('GOOD', 'BAD')",
                "create schema \"Types\"",
                "create type \"Types\".\"Mood\" as enum ('GOOD', 'BAD')",
                "create table found (id text primary key, version bigint not null, mood \"Mood\","
                        + " former \"Types\".\"Mood\")");
        var table = TableProjection.of(Moods.class, dataSource);

        table.apply(List.of(Snapshot.found("a", new Moods("a", 1, Mood.GOOD, Mood.BAD), 1)));
        table.apply(List.of(Snapshot.found("a", new Moods("a", 1, Mood.BAD, Mood.GOOD), 1)));

        assertThat(jdbc.sql("select mood || ' ' || former from found")
                        .query(String.class)
                        .single())
                .isEqualTo("BAD GOOD");
    }

    @Test
    void textTooLongForDomainIsNotTruncated() {
        run(
                "create domain code as varchar(3)",
                "create domain code_of_country as code",
                "create table found (id text primary key, version bigint not null, text code_of_country)");
        var table = TableProjection.of(Text.class, dataSource);

        assertThatThrownBy(() -> table.apply(List.of(text("a", 1, "abcd"))))
                .isInstanceOf(DataIntegrityViolationException.class);
        table.apply(List.of(text("a", 1, "abc")));
        assertThat(jdbc.sql("select text from found").query(String.class).single())
                .isEqualTo("abc");
    }

    @Test
    void domainStoresValuesOfItsBaseType() {
        run(
                "create domain version as bigint not null check (value >= 0)",
                "create domain money2 as numeric(5, 2)",
                "create domain moment as timestamptz",
                "create domain yes as boolean",
                "create domain document as jsonb",
                "create type mood as enum ('GOOD', 'BAD')",
                "create domain temper as mood",
                "create table found (id text primary key, version version, amount money2, at moment, flag yes,"
                        + " texts document, mood temper)");
        var table = TableProjection.of(Domains.class, dataSource);
        var one = new Domains("a", 7, new BigDecimal("123.45"), Instant.EPOCH, true, List.of("x"), Mood.BAD);

        table.apply(List.of(Snapshot.found("a", one, 7)));

        assertThat(table.versions(List.of("a"))).containsEntry("a", 7L);
        var tooMuch = new Domains("a", 8, new BigDecimal("1234.5"), Instant.EPOCH, true, List.of(), Mood.BAD);
        assertThatThrownBy(() -> table.apply(List.of(Snapshot.found("a", tooMuch, 8))))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("numeric field overflow");
    }

    @Test
    void idIsStoredUnchangedAsKey() {
        String more = " primary key, version bigint not null, text text)";
        run(
                "create extension citext",
                "create collation loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
                "create type mood as enum ('GOOD', 'BAD')",
                "create domain padded as char(9)",
                "create domain loose_text as text collate loose");
        for (String type : List.of("name", "citext", "mood", "padded", "char(9)")) {
            run("create table found (id " + type + more);
            fails(Text.class, "The column id", "does not store the component 'id' as it is");
            run("drop table found");
        }
        for (String type : List.of("text collate loose", "varchar(9) collate loose", "loose_text")) {
            run("create table found (id " + type + more);
            fails(Text.class, "The column id", "has the collation loose, which treats different ids as equal");
            run("drop table found");
        }
    }

    @Test
    void changeOfCaseWithinSameVersionIsWritten() {
        run(
                "create extension citext",
                "create collation loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
        for (String type : List.of("citext", "text collate loose", "varchar(9)")) {
            run("create table found (id text primary key, version bigint not null, text " + type + ")");
            var table = TableProjection.of(Text.class, dataSource);
            table.apply(List.of(text("a", 1, "smith")));
            table.apply(List.of(text("a", 1, "Smith")));
            assertThat(jdbc.sql("select text::text from found")
                            .query(String.class)
                            .single())
                    .as(type)
                    .isEqualTo("Smith");
            run("drop table found");
        }
    }

    @Test
    void generatedColumnIsRefused() {
        String more = ", version bigint not null)";
        for (String generated : List.of(
                "id bigint generated always as identity primary key",
                "half bigint, id bigint generated always as (half * 2) stored primary key")) {
            run("create table found (" + generated + more);
            fails(Number.class, "The column id", "is filled by the database itself");
            run("drop table found");
        }
        for (String given :
                List.of("id bigint generated by default as identity primary key", "id bigserial primary key")) {
            run("create table found (" + given + more);
            var table = TableProjection.of(Number.class, dataSource);
            table.apply(List.of(Snapshot.found("7", new Number(7, 1), 1)));
            assertThat(table.versions(List.of("7"))).containsEntry("7", 1L);
            run("drop table found");
        }
    }

    @Test
    void tableIsFoundBySearchPath() {
        String columns = " (id text primary key, version bigint not null, text text)";
        run("create schema app", "create schema shared", "create schema tenant");
        run("create table tenant.found" + columns);
        setSearchPath("missing, app, shared");
        fails(Text.class, "has no table 'found'", "tenant.found", "table = \"tenant.found\"");
        run("create table shared.found" + columns);
        TableProjection.of(Text.class, dataSource).apply(List.of(text("a", 1, "shared")));
        run("create table app.found" + columns);
        TableProjection.of(Text.class, dataSource).apply(List.of(text("a", 1, "app")));
        assertThat(jdbc.sql("select string_agg(text, ' ') from (table shared.found union all table app.found"
                                + " union all table tenant.found) as every")
                        .query(String.class)
                        .single())
                .isEqualTo("shared app");
    }

    private void setSearchPath(String path) {
        ((PGSimpleDataSource) dataSource).setCurrentSchema(path);
    }

    /** As after a failover to a replica. The listener is suspended only if the failure shows it. */
    @Test
    void readOnlyDatabaseIsReportedAsSuch() {
        run("create table found (id text primary key, version bigint not null, text text)");
        ((PGSimpleDataSource) dataSource).setOptions("-c default_transaction_read_only=on");
        var table = TableProjection.of(Text.class, dataSource);

        assertThatThrownBy(() -> table.apply(List.of(text("a", 1, "x"))))
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .isInstanceOfSatisfying(
                        SQLException.class,
                        cause -> assertThat(cause.getSQLState()).isEqualTo("25006"));
    }

    @Test
    void timesAreIndependentOfTimeZone() {
        TimeZone before = TimeZone.getDefault();
        run("create table found (id text primary key, version bigint not null, at timestamptz, local timestamp)");
        Instant at = Instant.parse("2026-03-29T01:30:00Z");
        LocalDateTime inGap = LocalDateTime.of(2026, 9, 27, 2, 30); // does not exist in that time zone
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
            TableProjection.of(Times.class, dataSource)
                    .apply(List.of(Snapshot.found("a", new Times("a", 1, at, inGap), 1)));
        } finally {
            TimeZone.setDefault(before);
        }
        assertThat(jdbc.sql("select at at time zone 'UTC' || ' ' || local from found")
                        .query(String.class)
                        .single())
                .isEqualTo("2026-03-29 01:30:00 2026-09-27 02:30:00");
    }

    @Test
    void tableMayHavePartitionsTriggersAndConstraints() {
        run(
                "create table found (id text primary key, version bigint not null, text text check (text <> 'bad'))"
                        + " partition by hash (id)",
                "create table found_0 partition of found for values with (modulus 2, remainder 0)",
                "create table found_1 partition of found for values with (modulus 2, remainder 1)",
                "create function upper_text() returns trigger language plpgsql as"
                        + " 'begin new.text := upper(new.text); return new; end'",
                "create trigger upper_text before insert or update on found for each row execute function upper_text()");
        var table = TableProjection.of(Text.class, dataSource);

        table.apply(List.of(text("a", 1, "one"), text("b", 1, "two"), text("c", 1, "three")));
        table.apply(List.of(text("a", 2, "four"), text("b", 0, "old")));

        assertThat(jdbc.sql("select id || version || text from found order by id")
                        .query(String.class)
                        .list())
                .containsExactly("a2FOUR", "b1TWO", "c1THREE");
    }
}

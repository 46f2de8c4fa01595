package io.triggerquery.consumer.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.triggerquery.consumer.Column;
import io.triggerquery.consumer.Id;
import io.triggerquery.consumer.Json;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.TriggerQueryProjection;
import io.triggerquery.consumer.Version;
import io.triggerquery.consumer.internal.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The check of a record's table at the start, in each database. */
@ParameterizedClass
@MethodSource("databases")
class TableCheckIT {

    @TriggerQueryProjection(table = "checked")
    record Checked(
            @Id String id, @Version long version, @Nullable Instant at) {}

    @TriggerQueryProjection(table = "CHECKED", deletedColumn = "gone", appliedAtColumn = "at")
    record Kept(
            @Id String id, @Version long version, @Nullable String text) {}

    @TriggerQueryProjection(table = "checked", guarded = true)
    record Guarded(@Id String id, @Version long version) {}

    @TriggerQueryProjection(table = "elsewhere.checked")
    record Elsewhere(@Id String id, @Version long version) {}

    @TriggerQueryProjection(table = "checked")
    record Numbered(@Id long id, @Version long version) {}

    @Parameter
    TestDatabase database;

    private DataSource dataSource;
    private JdbcClient jdbc;

    static List<TestDatabase> databases() {
        return TestDatabase.available();
    }

    @BeforeEach
    void noTable() {
        dataSource = database.migrated();
        jdbc = JdbcClient.create(dataSource);
        jdbc.sql("drop table if exists checked").update();
    }

    private String text() {
        return database.isMySql() ? "varchar(99) collate utf8mb4_bin" : "varchar(99)";
    }

    private String instant() {
        return database.isMySql() ? "datetime(6)" : "timestamp(6) with time zone";
    }

    private void create(String columns) {
        jdbc.sql("create table checked (" + columns.replace("TEXT", text()).replace("INSTANT", instant()) + ")")
                .update();
    }

    private void fails(Class<?> type, String... said) {
        RefusedTable.check(type, dataSource, said);
    }

    @Test
    void missingTableIsSuggested() {
        fails(Checked.class, "has no table 'checked'", "create table checked (id ");

        String suggested = "";
        try {
            TableProjection.of(Checked.class, dataSource).checkTable();
        } catch (FailureAnalyzedException failure) {
            suggested = failure.analysis().getAction();
        }
        jdbc.sql(suggested.substring(suggested.indexOf("create table"))).update();
        TableProjection.of(Checked.class, dataSource).checkTable();
    }

    @Test
    void missingOrMismatchedColumnsAreNamed() {
        create("id TEXT primary key, version bigint not null");
        fails(Checked.class, "This table has no column at", "the component 'at'", "id, version");
        recreate("id TEXT primary key, version integer not null, at INSTANT");
        fails(
                Checked.class,
                "The column",
                "of this table is of the type",
                "does not store the component 'version'",
                "bigint");
        recreate("id TEXT primary key, version bigint not null, at TEXT");
        fails(Checked.class, "does not store the component 'at'");
        recreate("id TEXT primary key, version bigint not null, at "
                + (database.isMySql() ? "timestamp(6) null" : "timestamp(6)"));
        fails(Checked.class, "does not store the component 'at'");
        recreate("id TEXT primary key, version bigint, at INSTANT");
        fails(Checked.class, "holds the version and may be null", "not null");
        recreate("id TEXT primary key, version bigint not null, at INSTANT, more integer not null");
        fails(Checked.class, "is not null and has no default value, and no component of the record fills it");
        recreate(
                "id TEXT primary key, version bigint not null, at INSTANT, more integer default 7 not null, other integer");
        TableProjection.of(Checked.class, dataSource).checkTable();
    }

    private void recreate(String columns) {
        noTable();
        create(columns);
    }

    @Test
    void primaryKeyMustBeTheId() {
        create("id TEXT not null, version bigint not null, at INSTANT");
        fails(Checked.class, "has no primary key", "primary key (id)");
        recreate("id TEXT not null, version bigint not null, at INSTANT, primary key (id, version)");
        fails(Checked.class, "has the primary key (id, version), but the @Id of the record is the column id");
        recreate("id " + loose() + " primary key, version bigint not null, at INSTANT");
        fails(Checked.class, database.isMySql() ? "treats different ids as equal" : "component 'id' as it is");
    }

    private String loose() {
        return switch (database) {
            case POSTGRESQL -> "char(99)";
            case H2 -> "varchar_ignorecase(99)";
            default -> "varchar(99) collate utf8mb4_general_ci";
        };
    }

    @Test
    void tombstonesRequireNullableColumns() {
        create("id TEXT primary key, version bigint not null, text TEXT, at INSTANT");
        fails(Kept.class, "has no column gone for deletedColumn");
        recreate("id TEXT primary key, version bigint not null, text TEXT, at INSTANT, gone boolean");
        fails(Kept.class, "not suitable for deletedColumn", "not null");
        recreate("id TEXT primary key, version bigint not null, text TEXT not null, at INSTANT, gone boolean not null");
        fails(Kept.class, "the row of a deleted id has no values", "guarded = true");
        recreate("id TEXT primary key, version bigint not null, text TEXT, at TEXT, gone boolean not null");
        fails(Kept.class, "not suitable for appliedAtColumn");
        recreate("id TEXT primary key, version bigint not null, text TEXT, at INSTANT, gone boolean not null");
        TableProjection.of(Kept.class, dataSource).checkTable();
    }

    @Test
    void firstWriteChecksTableIfStartCouldNot() {
        var table = TableProjection.of(Checked.class, dataSource);
        List<Snapshot<Checked>> one = List.of(Snapshot.found("a", new Checked("a", 1, null), 1));
        assertThatThrownBy(() -> table.apply(one))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("create table checked");
        create("id TEXT primary key, version bigint not null, at INSTANT");
        table.apply(one);
        assertThat(table.versions(List.of("a"))).containsEntry("a", 1L);
    }

    @Test
    void tableMayBeInASchema() {
        assumeThat(database.isMySql()).isFalse();
        jdbc.sql("drop schema if exists elsewhere cascade").update();
        jdbc.sql("create schema elsewhere").update();
        fails(Elsewhere.class, "has no table 'elsewhere.checked'");
        jdbc.sql("create table elsewhere.checked (id varchar(9) primary key, version bigint not null)")
                .update();
        var table = TableProjection.of(Elsewhere.class, dataSource);
        table.apply(List.of(Snapshot.found("a", new Elsewhere("a", 3), 3)));
        assertThat(jdbc.sql("select version from elsewhere.checked")
                        .query(Long.class)
                        .single())
                .isEqualTo(3);
        jdbc.sql("drop schema elsewhere cascade").update();
    }

    /** A conflict in another unique index would update the row of another id. */
    @Test
    void mySqlTableWithAnotherUniqueIndexIsRefused() {
        create("id TEXT primary key, version bigint not null, at INSTANT, other varchar(9) unique");
        if (database.isMySql()) {
            fails(Checked.class, "has the unique index", "row of another id");
        } else {
            TableProjection.of(Checked.class, dataSource).checkTable();
        }
    }

    @Test
    void mySqlKeyOfPartOfTheIdIsRefused() {
        assumeThat(database.isMySql()).isTrue();
        create("id TEXT not null, version bigint not null, at INSTANT, primary key (id(4))");
        fails(Checked.class, "The column id", "has only 4 characters in the key", "different ids as equal");
    }

    /** An auto-increment key would replace 0 by a generated number. */
    @Test
    void mySqlAutoIncrementKeyIsRefused() {
        assumeThat(database.isMySql()).isTrue();
        create("id bigint auto_increment primary key, version bigint not null");
        fails(Numbered.class, "The column id", "is filled by the database itself", "auto_increment");
    }

    /** Without strict mode, a too long value, for example an id, would be truncated without an error. */
    @Test
    void mySqlConnectionsWithoutStrictModeAreRefused() {
        assumeThat(database.isMySql()).isTrue();
        create("id TEXT primary key, version bigint not null, at INSTANT");
        var loose = new SingleConnectionDataSource(connection(), true);
        JdbcClient.create(loose).sql("set sql_mode = 'ANSI_QUOTES'").update();
        assertThatThrownBy(() -> TableProjection.of(Checked.class, loose).checkTable())
                .hasMessageContaining("sql_mode")
                .hasMessageContaining("not strict");
        loose.destroy();
    }

    private Connection connection() {
        try {
            return dataSource.getConnection();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void mySqlIdWithTrailingBlankIsRefused() {
        create("id TEXT primary key, version bigint not null, at INSTANT");
        var table = TableProjection.of(Checked.class, dataSource);
        List<Snapshot<Checked>> blank = List.of(
                Snapshot.found("a", new Checked("a", 1, null), 1), Snapshot.found("a ", new Checked("a ", 2, null), 2));
        if (database.isMySql()) {
            assertThatThrownBy(() -> table.apply(blank)).hasMessageContaining("ends with a blank");
        } else {
            table.apply(blank);
            assertThat(table.versions(List.of("a", "a "))).hasSize(2);
        }
    }

    /** PostgreSQL's text type cannot contain NUL. The other ids are written when the engine has split the batch. */
    @Test
    void textWithNulFailsItsIdInPostgres() {
        create("id TEXT primary key, version bigint not null, text TEXT, at INSTANT, gone boolean not null");
        var table = TableProjection.of(Kept.class, dataSource);
        List<Snapshot<Kept>> nul = List.of(Snapshot.found("a", new Kept("a", 1, "a\u0000b"), 1));
        if (database == TestDatabase.POSTGRESQL) {
            assertThatThrownBy(() -> table.apply(nul))
                    .isInstanceOf(DataAccessException.class)
                    .hasStackTraceContaining("0x00");
        } else {
            table.apply(nul);
        }
    }

    @Test
    void mistakesInRecordAreNamed() {
        @TriggerQueryProjection(table = "checked")
        record NoId(@Version long version) {}
        @TriggerQueryProjection(table = "checked")
        record NoVersion(@Id String id) {}
        @TriggerQueryProjection(table = "checked")
        record TimeAsVersion(@Id String id, @Version Instant version) {}
        @TriggerQueryProjection(table = "checked")
        record AList(@Id String id, @Version long version, List<String> texts) {}
        @TriggerQueryProjection(table = "checked")
        record Twice(
                @Id String id,
                @Version long version,
                @Column("ID") String other) {}
        @TriggerQueryProjection(table = "checked")
        record JsonId(@Id @Json List<String> id, @Version long version) {}
        @TriggerQueryProjection(table = "checked", deletedColumn = "gone", guarded = true)
        record Both(@Id String id, @Version long version) {}
        record None(@Id String id, @Version long version) {}
        @TriggerQueryProjection(table = "checked", deletedColumn = "DELETED")
        record Deleted(@Id String id, @Version long version, boolean deleted) {}
        @TriggerQueryProjection(table = "checked", appliedAtColumn = "applied_at")
        record AppliedAt(@Id String id, @Version long version, Instant appliedAt) {}
        @TriggerQueryProjection(table = "${table}")
        record Placeholder(@Id String id, @Version long version) {}

        List<String> said = new ArrayList<>();
        for (Class<?> type : List.of(
                NoId.class,
                NoVersion.class,
                TimeAsVersion.class,
                AList.class,
                Twice.class,
                JsonId.class,
                Both.class,
                None.class,
                Deleted.class,
                AppliedAt.class,
                Placeholder.class,
                String.class)) {
            assertThatThrownBy(() -> TableProjection.of(type, dataSource))
                    .isInstanceOfSatisfying(
                            FailureAnalyzedException.class,
                            failure ->
                                    said.add(failure.analysis().getDescription().replaceAll(".*\\$\\d?", "")));
        }
        assertThat(said)
                .containsExactly(
                        "NoId has 0 components with @Id.",
                        "NoVersion has 0 components with @Version.",
                        "TimeAsVersion has a @Version of the type Instant.",
                        "AList has the component texts of the type List, which cannot be stored in a column.",
                        "Twice has two components with the column 'ID': id and other.",
                        "JsonId has an @Id of the type List.",
                        "Both has a deletedColumn and is guarded.",
                        "None is not a record with @TriggerQueryProjection.",
                        "Deleted has the component deleted for the column 'DELETED', which its deletedColumn fills.",
                        "AppliedAt has the component appliedAt for the column 'applied_at', which its appliedAtColumn"
                                + " fills.",
                        "{table}', whose placeholder is not resolved here.",
                        "java.lang.String is not a record with @TriggerQueryProjection.");
    }

    @Test
    void guardedProjectionRequiresGuardTable() {
        create("id TEXT primary key, version bigint not null");
        TableProjection.of(Guarded.class, dataSource).checkTable();
        DataSource without = database.empty();
        JdbcClient.create(without)
                .sql("create table checked (id " + text() + " primary key, version bigint not null)")
                .update();
        assertThatThrownBy(() -> TableProjection.of(Guarded.class, without).checkTable())
                .hasMessageContaining("trigger_projection");
    }
}

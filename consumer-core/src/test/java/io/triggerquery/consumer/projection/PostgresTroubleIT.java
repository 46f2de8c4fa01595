package io.triggerquery.consumer.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Id;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.TriggerQueryProjection;
import io.triggerquery.consumer.Version;
import io.triggerquery.consumer.internal.database.TestDatabase;
import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.internal.failure.FailureSummary;
import io.triggerquery.consumer.internal.failure.OneLine;
import io.triggerquery.consumer.internal.query.Failures;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** Failures of a projection whose table changes, whose row is refused, or whose connection ends, in PostgreSQL. */
class PostgresTroubleIT {

    @TriggerQueryProjection(table = "found")
    record Text(
            @Id String id, @Version long version, @Nullable String text) {}

    private DataSource dataSource;

    @BeforeEach
    void createTable() {
        dataSource = TestDatabase.POSTGRESQL.empty();
        run("create table found (id text primary key, version bigint not null, text text)");
    }

    private void run(String... statements) {
        for (String statement : statements) {
            JdbcClient.create(dataSource).sql(statement).update();
        }
    }

    private static Snapshot<Text> text(String id, long version, @Nullable String text) {
        return Snapshot.found(id, new Text(id, version, text), version);
    }

    @Test
    void tableIsReadAgainAfterAMigration() {
        var table = TableProjection.of(Text.class, dataSource);
        table.apply(List.of(text("a", 1, "one")));

        run("alter table found rename text to words");
        assertThatThrownBy(() -> table.apply(List.of(text("a", 2, "two")))).isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> table.apply(List.of(text("a", 2, "two"))))
                .hasMessageContaining("has no column text")
                .hasMessageContaining("Add it");
        run("create type mood as enum ('good')", "alter table found add column text mood");
        table.apply(List.of(text("a", 2, "good")));
        assertThat(table.versions(List.of("a"))).containsEntry("a", 2L);
    }

    /** Its state may be secret, and the reports of a failing id have more readers than the table. */
    @Test
    void reportOfRefusedRowHasNoValues() {
        run("alter table found add constraint few check (length(text) < 9)");
        var table = TableProjection.of(Text.class, dataSource);
        Throwable refused = catchThrowable(() -> table.apply(List.of(text("a", 1, "a long secret"))));
        assertThat(OneLine.of(refused))
                .contains("violates check constraint \"few\"")
                .doesNotContain("secret");
    }

    /** The pool closes such a connection, so its rollback fails too. */
    @Test
    void connectionThatEndsInATransactionIsUnavailable() {
        try (var pool = new HikariDataSource()) {
            pool.setDataSource(dataSource);
            var table = TableProjection.of(
                    Text.class,
                    pool,
                    new TableProjection.Surroundings<>(
                            new JdbcTransactionManager(pool),
                            JsonMapper.shared(),
                            List.of(changes -> endSessions(pool))));
            Throwable ended = catchThrowable(() -> new Failures(List.of())
                    .<Text>summarizing(new Applied<>(table))
                    .apply(List.of(text("a", 1, "x")), List.of()));
            assertThat(ended).hasMessageContaining("terminating connection due to administrator command");
            assertThat(((FailureSummary) ended).kind()).isEqualTo(FailureKind.UNAVAILABLE);
        }
    }

    private static void endSessions(DataSource pool) {
        JdbcClient.create(pool)
                .sql("select pg_terminate_backend(pg_backend_pid())")
                .query()
                .listOfRows();
    }

    private record Applied<S>(TableProjection<S> table) implements Projection<S> {

        @Override
        public boolean takesMany() {
            return true;
        }

        @Override
        public void apply(List<Snapshot<S>> snapshots, List<Trigger> triggers) {
            table.apply(snapshots);
        }
    }
}

package io.triggerquery.consumer.internal.resync;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The table as Flyway makes it, in real databases. */
@ExtendWith(OutputCaptureExtension.class)
class JdbcResyncProgressIT {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.123456Z");

    private static EmbeddedPostgres postgres;

    enum Database {
        POSTGRESQL("classpath:db/triggerquery"),
        H2("classpath:db/triggerquery-h2");

        private final String scripts;

        Database(String scripts) {
            this.scripts = scripts;
        }

        private DataSource migrated() {
            DataSource dataSource = this == POSTGRESQL ? postgres.getPostgresDatabase() : h2();
            Flyway.configure().dataSource(dataSource).locations(scripts).load().migrate();
            JdbcClient.create(dataSource).sql("delete from trigger_resync").update();
            return dataSource;
        }
    }

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    private static DataSource h2() {
        return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheLastCheckpointOfEachListener(Database database) throws Exception {
        DataSource dataSource = database.migrated();
        var progress = new JdbcResyncProgress(dataSource);
        assertThat(progress.read("a")).isEmpty();

        Checkpoint begun = Checkpoint.begin(true, NOW);
        progress.write("a", begun);
        assertThat(progress.read("a")).contains(begun);
        progress.write("a", begun.atPage("x".repeat(1_000)));
        progress.write("b", Checkpoint.begin(false, NOW));
        assertThat(new JdbcResyncProgress(dataSource).read("a")).contains(begun.atPage("x".repeat(1_000)));
        assertThat(progress.read("b")).contains(Checkpoint.begin(false, NOW));

        progress.write("a", begun.finish(NOW.plusSeconds(60)));
        assertThat(progress.read("a")).contains(begun.finish(NOW.plusSeconds(60)));
    }

    @Test
    void committedWhateverTheConnectionsAutoCommitIs() throws Exception {
        Database.POSTGRESQL.migrated();
        try (var connection = postgres.getPostgresDatabase().getConnection()) {
            connection.setAutoCommit(false);
            var pooled = new SingleConnectionDataSource(connection, true);
            new JdbcResyncProgress(pooled).write("a", Checkpoint.begin(false, NOW));
            connection.rollback();
        }
        assertThat(new JdbcResyncProgress(postgres.getPostgresDatabase()).read("a"))
                .contains(Checkpoint.begin(false, NOW));
    }

    @Test
    void withoutTheTableItIsKeptInMemoryAndThatIsSaidOnce(CapturedOutput output) throws Exception {
        var progress = new JdbcResyncProgress(h2());
        assertThat(progress.read("a")).isEmpty();
        progress.write("a", Checkpoint.begin(false, NOW));
        assertThat(progress.read("a")).contains(Checkpoint.begin(false, NOW));
        assertThat(progress.read("b")).isEmpty();
        assertThat(output.toString().split("A resync begins with the first page after a restart", -1))
                .hasSize(2);
        assertThat(output).contains("spring.flyway.locations");
    }
}

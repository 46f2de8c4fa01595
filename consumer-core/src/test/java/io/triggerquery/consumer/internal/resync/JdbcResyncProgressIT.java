package io.triggerquery.consumer.internal.resync;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.database.TestDatabase;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The progress table as created by Flyway, in real databases. */
@ExtendWith(OutputCaptureExtension.class)
@ParameterizedClass
@MethodSource("io.triggerquery.consumer.internal.database.TestDatabase#available")
class JdbcResyncProgressIT {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.123456Z");

    @Parameter
    TestDatabase database;

    @Test
    void keepsLastCheckpointOfEachListener() throws Exception {
        DataSource dataSource = database.migrated();
        var progress = new JdbcResyncProgress(dataSource);
        assertThat(progress.read("a")).isEmpty();

        Checkpoint begun = Checkpoint.begin(true, NOW);
        progress.write("a", begun);
        assertThat(progress.read("a")).contains(begun);
        progress.write("a", begun.atPage("x".repeat(1_000)));
        progress.write("A", Checkpoint.begin(false, NOW));
        assertThat(new JdbcResyncProgress(dataSource).read("a")).contains(begun.atPage("x".repeat(1_000)));
        assertThat(progress.read("A")).contains(Checkpoint.begin(false, NOW));

        progress.write("a", begun.finish(NOW.plusSeconds(60)));
        assertThat(progress.read("a")).contains(begun.finish(NOW.plusSeconds(60)));
    }

    @Test
    void sameCheckpointIsWrittenAgain() throws Exception {
        var progress = new JdbcResyncProgress(database.migrated());
        progress.write("a", Checkpoint.begin(true, NOW).atPage("1"));
        progress.write("a", Checkpoint.begin(true, NOW).atPage("1"));
        assertThat(progress.read("a")).contains(Checkpoint.begin(true, NOW).atPage("1"));
    }

    /** Times in hours that daylight saving skips or repeats in some time zone. */
    @Test
    void timesAreIndependentOfTimeZone() throws Exception {
        var progress = new JdbcResyncProgress(database.migrated());
        for (String time : List.of(
                "2026-03-08T02:30:00.000001Z",
                "2026-03-08T07:30:00Z",
                "2026-11-01T05:30:00Z",
                "2026-11-01T06:30:00.999999Z",
                "2039-01-01T00:00:00Z")) {
            Checkpoint begun = Checkpoint.begin(false, Instant.parse(time));
            progress.write("a", begun);
            assertThat(progress.read("a")).contains(begun);
        }
    }

    @Test
    void checkpointIsCommittedWithAnyAutoCommitMode() throws Exception {
        DataSource dataSource = database.migrated();
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            new JdbcResyncProgress(new SingleConnectionDataSource(connection, true))
                    .write("a", Checkpoint.begin(false, NOW));
            connection.rollback();
        }
        assertThat(new JdbcResyncProgress(dataSource).read("a")).contains(Checkpoint.begin(false, NOW));
    }

    @Test
    void checkpointIsKeptInMemoryWithoutTableAndLoggedOnce(CapturedOutput output) throws Exception {
        var progress = new JdbcResyncProgress(database.empty());
        assertThat(progress.read("a")).isEmpty();
        progress.write("a", Checkpoint.begin(false, NOW));
        assertThat(progress.read("a")).contains(Checkpoint.begin(false, NOW));
        assertThat(progress.read("b")).isEmpty();
        assertThat(output.toString().split("A resync begins with the first page after a restart", -1))
                .hasSize(2);
        assertThat(output).contains("add " + database.scripts() + " to spring.flyway.locations");
    }
}

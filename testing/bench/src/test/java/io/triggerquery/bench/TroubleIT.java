package io.triggerquery.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.bench.workload.Figure;
import io.triggerquery.bench.workload.Outcome;
import io.triggerquery.bench.workload.Site;
import io.triggerquery.bench.workload.Workload;
import io.triggerquery.bench.workload.Workloads;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workloads with faults, with few triggers. */
class TroubleIT {

    @TempDir
    static Path directory;

    private static Site site;

    @BeforeAll
    static void start() {
        site = new Site(directory);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @CsvSource({
        "W10-projection, ours-by-ids",
        "W10-projection, batch-one-by-one",
        "W10-401, ours-by-ids",
        "W10-401, batch-breaker",
        "W12-one, ours-by-ids"
    })
    void measuresFaultThatEnds(String workload, String peer) {
        Outcome outcome = trouble(workload).run(site, peer, BenchIT.TINY);

        assertThat(outcome.figures()).containsEntry(Figure.NEVER, 0.0);
        assertThat(outcome.figures().get(Figure.IN_TROUBLE)).isPositive();
        assertThat(outcome.figures().get(Figure.DRAINED)).isFinite();
        if (trouble(workload).figures().contains(Figure.LIVE)) {
            assertThat(outcome.figures().get(Figure.SLOWEST)).isFinite();
        }
    }

    @Test
    void measuresFailuresOfLargeCalls() {
        Outcome outcome = trouble("W11-504").run(site, "batch-one-by-one", BenchIT.TINY);

        assertThat(outcome.figures()).containsKeys(Figure.DONE, Figure.NEVER);
        assertThat(outcome.figures().get(Figure.IN_TROUBLE)).isGreaterThan(20);
    }

    private static Workload trouble(String name) {
        return Workloads.troubles().stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

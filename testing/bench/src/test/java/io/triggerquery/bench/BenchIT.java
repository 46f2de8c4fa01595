package io.triggerquery.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.bench.workload.Figure;
import io.triggerquery.bench.workload.Outcome;
import io.triggerquery.bench.workload.Pace;
import io.triggerquery.bench.workload.Site;
import io.triggerquery.bench.workload.Workload;
import io.triggerquery.bench.workload.Workloads;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A workload with few triggers, which each peer completes. */
class BenchIT {

    static final Pace TINY = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(2), 20_000);
    private static final Workload DISTINCT = Workloads.all().get(0);

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
    @ValueSource(strings = {"ours-by-ids", "batch-by-ids", "share"})
    void measuresPeerThatAppliesAllTriggers(String peer) {
        Outcome outcome = DISTINCT.run(site, peer, TINY);

        assertThat(outcome.remarks()).isEmpty();
        assertThat(outcome.figures().get(Figure.LAG)).isZero();
    }
}

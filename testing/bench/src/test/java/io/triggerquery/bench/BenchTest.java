package io.triggerquery.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.bench.Plan.Task;
import io.triggerquery.bench.Selection.Offer;
import io.triggerquery.bench.peer.Peers;
import io.triggerquery.bench.workload.Pace;
import io.triggerquery.bench.workload.Workload;
import io.triggerquery.bench.workload.Workloads;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTest {

    private static final Offer OFFER = new Offer(Workloads.all(), Peers.names());

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Bench.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private static Selection selection(String... words) {
        return Selection.of(List.of(words), OFFER, Defaults.FULL);
    }

    private static List<String> names(Selection selection) {
        return selection.workloads().stream().map(Workload::name).toList();
    }

    @Test
    void acceptsNamesInAnyOrderAndCase() {
        Selection selection = selection("share", "w3", "OURS", "W1");

        assertThat(names(selection)).containsExactly("W1", "W3");
        assertThat(selection.peers()).containsExactly("ours", "share");
    }

    @Test
    void usesDefaultsWithoutNames() {
        assertThat(names(selection("ours"))).isEqualTo(Defaults.FULL.workloads());
        assertThat(selection("W1").peers()).isEqualTo(Peers.names());
    }

    @Test
    void largestSizeRunsOnlyIfNamed() {
        assertThat(names(selection("W9"))).containsExactly("W9-10k", "W9-100k", "W9-1M");
        assertThat(names(selection("W9-10M"))).containsExactly("W9-10M");
    }

    @Test
    void troubleWorkloadsRunOnlyIfRequested() {
        assertThat(Defaults.FULL.workloads()).doesNotContainAnyElementsOf(Defaults.TROUBLE.workloads());
        assertThat(names(selection("W12"))).containsExactly("W12-burst", "W12-one");

        assertThat(run("--list", "--trouble", "W11")).isZero();
        assertThat(out.toString())
                .contains("W11-504", "ours-by-ids", "batch-breaker")
                .doesNotContain("W1 ", "W10-401", "share");
    }

    @Test
    void unknownNameIsRefusedWithTheKnownOnes() {
        assertThat(run("W1", "our")).isEqualTo(2);

        assertThat(err.toString()).contains("'our'", "W9-10M", "pc-unordered");
    }

    @Test
    void unsuitablePairIsRefused() {
        assertThat(run("W5", "poll")).isEqualTo(2);
        assertThat(err.toString()).contains("poll on W5");
        assertThat(Plan.of(selection("W1", "W5", "poll", "ours"), 1).skipped()).containsExactly("poll on W5");
    }

    @Test
    void zeroRunsAreRefused() {
        assertThat(run("--runs", "0", "W1", "ours")).isEqualTo(2);
        assertThat(err.toString()).contains("--runs is 0");
    }

    @Test
    void listsWithoutRunning() {
        assertThat(run("--list", "--quick")).isZero();
        assertThat(out.toString()).contains("W8", "batch-by-ids").doesNotContain("W2", "record-1");
    }

    @Test
    void peersAlternate() {
        List<Task> tasks = Plan.of(selection("W1", "W4", "ours", "share"), 2).tasks();

        assertThat(tasks)
                .extracting(task -> task.workload().name() + " " + task.peer() + " " + task.run())
                .containsExactly(
                        "W1 ours 1",
                        "W1 share 1",
                        "W1 ours 2",
                        "W1 share 2",
                        "W4 ours 1",
                        "W4 share 1",
                        "W4 ours 2",
                        "W4 share 2");
    }

    @Test
    void quickPlanTakesLessThanNineMinutes() {
        Plan plan = Plan.of(Selection.of(List.of(), OFFER, Defaults.QUICK), Defaults.QUICK.runs());

        assertThat(plan.expected(Pace.QUICK)).isLessThan(Duration.ofMinutes(9));
        assertThat(plan.skipped()).isNotEmpty();
    }

    @Test
    void offersEveryDefault() {
        assertThat(OFFER.peers()).containsAll(Defaults.QUICK.peers()).containsAll(Defaults.TROUBLE.peers());
        assertThat(OFFER.workloads())
                .extracting(Workload::name)
                .containsAll(Defaults.FULL.workloads())
                .containsAll(Defaults.QUICK.workloads())
                .containsAll(Defaults.TROUBLE.workloads())
                .containsAll(Defaults.FULL.inGroups());
    }
}

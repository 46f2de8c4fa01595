package io.triggerquery.consumer.internal.resync;

import static io.triggerquery.consumer.internal.resync.ResyncHarness.EVERY;
import static io.triggerquery.consumer.internal.resync.ResyncHarness.LISTENER;
import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.resync.ResyncHarness.Instance;
import io.triggerquery.consumer.internal.resync.ResyncHarness.Requested;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** When a resync starts and continues, which instance runs it, and how it handles failures. */
@ExtendWith(OutputCaptureExtension.class)
class ResyncScheduleTest {

    private final ResyncHarness world = new ResyncHarness();

    @Test
    void runsAfterInitialDelayAndAfterEndOfEachRun() {
        Instance instance = world.start();
        world.advance(EVERY.minusMillis(1));
        instance.tick();
        assertThat(world.pages).isEmpty();
        world.advance(Duration.ofMillis(1));
        instance.tick();
        assertThat(world.pages).hasSize(1);

        instance.tick();
        world.advance(EVERY.minusSeconds(1));
        instance.tick();
        assertThat(world.pages).hasSize(1);
        world.advance(Duration.ofSeconds(1));
        instance.tick();
        assertThat(world.pages).hasSize(2);
    }

    @Test
    void runsOnDemandOnlyWithoutSchedule() {
        world.settings = new ResyncSettings(Duration.ZERO, 100, 50, failing -> Duration.ofSeconds(1));
        Instance instance = world.start();
        world.advance(EVERY.multipliedBy(1_000));
        instance.tick();
        assertThat(world.pages).isEmpty();
        instance.resync.resync();
        instance.tick();
        assertThat(world.pages).hasSize(1);
    }

    /** It cannot notify the instance that runs the resync. */
    @Test
    void instanceWithLossComparesOnceEvenIfAnotherRunsTheResync() {
        world.add(25);
        world.start();
        Instance other = world.new Instance();
        assertThat(other.resync.resync()).isEqualTo(ResyncStart.ELSEWHERE);
        assertThat(other.resync.resyncAfterLoss()).isEqualTo(ResyncStart.NOW);
        other.tick();
        assertThat(world.requests).hasSize(25).extracting(Requested::by).containsOnly(other);
        assertThat(world.progress.written)
                .as("only the other instance writes checkpoints")
                .isEmpty();
        other.tick();
        assertThat(world.pages).hasSize(3);
    }

    @Test
    void comparisonAfterLossContinuesAfterFailureAndRepeatsAfterAnotherLoss() {
        world.add(25);
        world.start();
        Instance other = world.new Instance();
        other.resync.resyncAfterLoss();
        world.after(Duration.ofMillis(150), () -> world.failure = new IllegalStateException("away"));
        other.tick();
        assertThat(world.pages).endsWith("thing-00009");
        assertThat(other.resync.resyncAfterLoss()).isEqualTo(ResyncStart.AFTER_THE_RUN);
        world.failure = null;
        other.tick();
        assertThat(world.pages).as("continues").endsWith("thing-00009", "thing-00019");
        other.tick();
        assertThat(world.pages).as("and starts again").endsWith("first", "thing-00009", "thing-00019");
    }

    @Test
    void resyncOwnerComparesAfterLossInItsOwnRun() {
        world.add(25);
        world.start().resync.resyncAfterLoss();
        world.owner.tick();
        assertThat(world.requests).hasSize(25);
        assertThat(world.progress.written).isNotEmpty();
    }

    @Test
    void earlierLossIsComparedInOwnRunAfterTakeover() {
        world.add(5);
        world.start();
        Instance other = world.new Instance();
        other.resync.resyncAfterLoss();
        world.owner = other;
        other.tick();
        assertThat(world.requests).hasSize(5);
        assertThat(world.progress.written).isNotEmpty();
    }

    @Test
    void restartRepeatsAtMostOnePage() {
        world.add(100);
        world.start().resync.resync();
        world.after(Duration.ofMillis(530), world::restart);
        world.owner.tick();
        int before = world.pages.size();
        assertThat(before).isBetween(2, 8);

        world.start().tick();
        assertThat(world.pages.subList(before, before + 1)).isEqualTo(world.pages.subList(before - 1, before));
        assertThat(world.pages).hasSize(11 + 1);
        assertThat(world.projection).hasSize(100);
    }

    @Test
    void restartKeepsRequestForFullResync() {
        world.add(100);
        world.source.keySet().forEach(id -> world.projection.put(id, 1L));
        world.start().resync.resyncAll();
        world.after(Duration.ofMillis(530), world::restart);
        world.owner.tick();
        world.start().tick();
        assertThat(world.requested()).containsAll(world.source.keySet());
    }

    @Test
    void restartDoesNotDelaySchedule() {
        world.start().resync.resync();
        world.owner.tick();
        world.advance(EVERY.dividedBy(2));
        Instance restarted = world.start().tick();
        assertThat(world.pages).hasSize(1);
        world.advance(EVERY.dividedBy(2));
        restarted.tick();
        assertThat(world.pages).hasSize(2);
    }

    @Test
    void stuckIdDelaysCheckpointButNotLaterPages() throws Exception {
        world.add(100);
        world.stuck.add("thing-00015");
        world.start().resync.resync();
        Duration began = world.now();
        world.owner.tick();
        assertThat(world.projection).hasSize(99);
        assertThat(world.now().minus(began)).isLessThan(Duration.ofSeconds(15));
        assertThat(world.progress.written).extracting(Checkpoint::cursor).containsExactly(null, "thing-00009", null);
        assertThat(world.progress.read(LISTENER))
                .hasValueSatisfying(last -> assertThat(last.finishedAt()).isNotNull());
    }

    @Test
    void onlyInstanceWithPartitionRuns() {
        Instance first = world.start();
        Instance second = world.new Instance();
        assertThat(second.resync.resync()).isEqualTo(ResyncStart.ELSEWHERE);
        world.advance(EVERY);
        second.tick();
        assertThat(world.pages).isEmpty();
        assertThat(world.progress.written).isEmpty();
        assertThat(second.resync.status().here()).isFalse();
        first.tick();
        assertThat(world.pages).hasSize(1);
    }

    @Test
    void newOwnerContinuesFromLastPage() {
        world.add(100);
        Instance first = world.start();
        Instance second = world.new Instance();
        first.resync.resync();
        world.after(Duration.ofMillis(530), () -> world.owner = second);
        first.tick();
        int byFirst = world.requests.size();
        assertThat(byFirst).isBetween(1, 60);
        first.tick();
        assertThat(world.requests).hasSize(byFirst);

        second.tick();
        assertThat(world.requests.stream().skip(byFirst).map(Requested::by)).containsOnly(second);
        assertThat(world.projection).hasSize(100);
        assertThat(world.pages).as("11 pages, one of them twice").hasSize(12);
    }

    @Test
    void returnedPartitionContinuesWhereOtherInstanceWas() {
        world.add(100);
        Instance first = world.start();
        Instance second = world.new Instance();
        first.resync.resync();
        world.after(Duration.ofMillis(430), () -> world.owner = second);
        world.after(Duration.ofMillis(830), () -> world.owner = first);
        first.tick();
        first.tick();
        second.tick();
        second.tick();
        int before = world.pages.size();
        first.tick();
        assertThat(world.pages.subList(before, before + 1)).isEqualTo(world.pages.subList(before - 1, before));
        assertThat(world.projection).hasSize(100);
    }

    @Test
    void failedPageIsRetriedAtGrowingIntervalsAndLoggedOnce(CapturedOutput output) {
        world.add(100);
        Instance instance = world.start();
        instance.resync.resync();
        world.after(Duration.ofMillis(530), () -> world.failure = new IllegalStateException("503\nBusy"));
        instance.tick();
        String failedAt = world.pages.get(world.pages.size() - 1);
        int failedPages = world.pages.size();
        assertThat(instance.resync.status().lastError()).isEqualTo("java.lang.IllegalStateException: 503 Busy");
        for (int seconds = 1; seconds <= 4; seconds *= 2) {
            world.advance(Duration.ofSeconds(seconds).minusMillis(1));
            instance.tick();
            assertThat(world.pages).hasSize(failedPages);
            world.advance(Duration.ofMillis(1));
            instance.tick();
            assertThat(world.pages).hasSize(++failedPages).last().isEqualTo(failedAt);
        }
        world.failure = null;
        world.advance(Duration.ofSeconds(8));
        instance.tick();
        assertThat(world.projection).hasSize(100);
        assertThat(world.pages.stream().filter("first"::equals)).hasSize(1);
        assertThat(instance.resync.status().lastError()).isNull();
        assertThat(output.toString().split("The resync has failed", -1)).hasSize(2);
        assertThat(output).contains("The resync continues after 4 failures");
    }

    @Test
    void errorsAndUnavailableDatabaseDoNotEndSchedule() {
        Instance instance = world.start();
        world.failure = new StackOverflowError();
        world.progress.away = true;
        instance.resync.resync();
        instance.tick();
        world.progress.away = false;
        world.advance(Duration.ofSeconds(1));
        instance.tick();
        assertThat(world.pages).hasSize(1);
        world.failure = null;
        world.advance(Duration.ofSeconds(2));
        instance.tick();
        assertThat(instance.resync.status().finishedAt()).isEqualTo(world.instant());
    }

    @Test
    void requestDoesNotWaitForNextRetry() {
        Instance instance = world.start();
        world.failure = new IllegalStateException("503");
        instance.resync.resync();
        instance.tick();
        world.failure = null;
        instance.tick();
        assertThat(world.pages).hasSize(1);
        instance.resync.resync();
        instance.tick();
        assertThat(world.pages).hasSize(2);
    }

    @Test
    void requestsDuringRunCauseExactlyOneMore() {
        world.add(100);
        Instance instance = world.start();
        instance.resync.resync();
        List<ResyncStart> answers = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            boolean everything = i == 2;
            world.after(
                    Duration.ofMillis(100L * i),
                    () -> answers.add(everything ? instance.resync.resyncAll() : instance.resync.resync()));
        }
        instance.tick();
        assertThat(answers).hasSize(3).containsOnly(ResyncStart.AFTER_THE_RUN);
        assertThat(world.pages).hasSize(11);
        assertThat(world.requests).hasSize(100);
        instance.tick();
        assertThat(world.pages).hasSize(22);
        assertThat(world.requests).as("all ids").hasSize(200);
        instance.tick();
        assertThat(world.pages).hasSize(22);
    }

    @Test
    void statusReportsProgressOfRun() {
        world.add(100);
        Instance instance = world.start();
        instance.resync.resync();
        var seen = new ArrayList<ResyncStatus>();
        world.after(Duration.ofMillis(530), () -> seen.add(instance.resync.status()));
        instance.tick();
        ResyncStatus during = seen.get(0);
        assertThat(during.running()).isTrue();
        assertThat(during.cursor()).startsWith("thing-000");
        assertThat(during.listed()).isBetween(10L, 60L);
        assertThat(during.finishedAt()).isNull();
        ResyncStatus after = instance.resync.status();
        assertThat(after.running()).isFalse();
        assertThat(after.cursor()).isNull();
        assertThat(after.listed()).isEqualTo(100);
        assertThat(after.finishedAt()).isAfter(after.startedAt());
    }
}

package io.triggerquery.consumer.internal.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.triggerquery.consumer.internal.monitor.ConsistencyReport.Share;
import io.triggerquery.consumer.internal.monitor.Projected.Existence;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Each cause of a violation is found and named; apparent violations are not reported. */
class ConsistencyMonitorTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String ID = "thing-00007";

    private final World world = new World(1, 100);

    @Test
    void changeWithoutTriggerIsFoundAndRepairedWithinAMinute() throws Exception {
        world.fill(40);
        world.run(MINUTE);
        world.changeSilently(ID, false);

        world.run(MINUTE);

        assertThat(world.causes()).containsExactly("no-trigger-seen");
        Violation found = world.violations.get(0);
        assertThat(List.of(found.id(), found.answered(), found.projected(), found.repair()))
                .containsExactly(ID, 2L, 1L, "triggered");
        assertThat(found.age()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20));
        assertThat(world.projection.get(ID).version()).isEqualTo(2);
        ConsistencyReport report = world.monitor.report("things");
        assertThat(report.violations()).containsExactly(new ConsistencyReport.Count("no-trigger-seen", 1));
        assertThat(report.known()).as("persisting after the repair").isZero();
        assertThat(report.persisting()).as("persisting after the repair").isEmpty();
        assertThat(report.last()).containsExactly(found);
    }

    @Test
    void causeIsUnknownIfBrokerDoesNotAnswer() throws Exception {
        world.fill(40);
        world.brokerAnswers = false;
        world.changeSilently(ID, false);

        world.run(MINUTE);

        assertThat(world.causes()).containsExactly("unknown");
    }

    @Test
    void triggerOpenInOtherInstanceIsNotMissing() throws Exception {
        world.fill(40);
        world.changeSilently(ID, false);
        world.outcomes.put("other", "open");
        world.send("other", OptionalLong.empty());

        world.run(MINUTE);

        assertThat(world.causes()).containsExactly("unknown");
    }

    @Test
    void triggerAppliedWhileFindingCauseIsNotMissing() throws Exception {
        world.fill(40);
        world.run(MINUTE);
        world.changeSilently(ID, false);
        world.listIsEmpty = true;
        var reads = new AtomicInteger();
        world.afterRead = id -> {
            int read = id.equals(ID) ? reads.incrementAndGet() : 0;
            world.owner = world.owner && read != 1; // no other look but the second
            if (read == 2) {
                world.apply(ID, world.source.get(ID));
            }
        };

        world.run(MINUTE);

        assertThat(world.causes()).containsExactly("waiting");
        assertThat(world.repairs).isZero();
    }

    @Test
    void deletionWithoutTriggerIsFound() throws Exception {
        world.fill(40);
        world.run(MINUTE);
        world.changeSilently(ID, true);

        world.run(MINUTE);

        assertThat(world.causes()).containsExactly("no-trigger-seen");
        assertThat(world.violations.get(0).answer()).isEqualTo("absent");
        assertThat(world.projection.get(ID).isTombstone()).isTrue();
    }

    @Test
    void idMissingInProjectionIsAbsentHere() throws Exception {
        world.fill(40);
        world.brokerAnswers = false;
        world.changeSilently("thing-00099", false);

        world.run(MINUTE);

        assertThat(world.causes()).containsExactly("absent-here");
    }

    @Test
    void idMissingInSourceIsAnOrphan() throws Exception {
        world.fill(40);
        world.brokerAnswers = false;
        world.projection.put("thing-00099", new Projected(1, Existence.STATE));

        world.run(MINUTE);

        assertThat(world.causes()).containsExactly("orphan");
    }

    @Test
    void waitingTriggerViolatesEachAgeAndIsNotRepaired() throws Exception {
        world.fill(1);
        world.outcomes.put("thing-00000", "open");
        world.change("thing-00000", false);

        world.run(Duration.ofMinutes(3));

        assertThat(world.causes()).containsExactly("waiting");
        assertThat(world.violations).as("reported once per measure").hasSizeLessThan(50);
        assertThat(world.count(Measure.AFTER_1S, Result.WRONG)).isEqualTo(1);
        assertThat(world.count(Measure.AFTER_10S, Result.WRONG)).isEqualTo(1);
        assertThat(world.count(Measure.AFTER_1M, Result.WRONG)).isEqualTo(1);
        assertThat(world.repairs).isZero();
        assertThat(world.monitor.report("things").oldest()).isGreaterThan(Duration.ofSeconds(170));
    }

    /** The engine has dropped the trigger, and the next owner of the partition may already have projected it. */
    @Test
    void checkIsDroppedIfPartitionMoves() throws Exception {
        world.fill(1);
        world.owner = false;
        world.outcomes.put("thing-00000", "open");
        world.change("thing-00000", false);
        world.afterRead = id -> world.sampler.fenced(World.PARTITION, 0);

        world.run(MINUTE);

        assertThat(world.count(Measure.AFTER_1S, Result.MOVED)).isEqualTo(1);
        assertThat(world.count(Result.WRONG)).isZero();
        assertThat(world.violations).isEmpty();
    }

    @Test
    void deferredOrDeadLetteredTriggerIsNamed() throws Exception {
        world.fill(2);
        world.outcomes.put("thing-00000", "deferred");
        world.outcomes.put("thing-00001", "dead-lettered");
        world.change("thing-00000", false);
        world.change("thing-00001", false);

        world.run(MINUTE);

        assertThat(world.causes()).containsExactly("dead-lettered", "deferred");
        assertThat(world.repairs).isZero();
    }

    @Test
    void projectionNewerThanAnswerShowsStaleReplica() throws Exception {
        world.fill(1);
        world.pass(Duration.ofMinutes(20));
        world.change("thing-00000", false);
        world.replicaLag = Duration.ofMinutes(10);

        world.run(MINUTE);

        assertThat(world.causes()).containsExactly("stale-replica");
        assertThat(world.repairs).isZero();
    }

    @Test
    void replicaLagOfSecondsIsNoViolation() throws Exception {
        world.fill(20);
        world.replicaLag = Duration.ofSeconds(3);
        for (int i = 0; i < 100; i++) {
            world.change("thing-%05d".formatted(i % 20), false);
            world.run(Duration.ofSeconds(4));
        }

        world.run(MINUTE);

        assertThat(world.count(Result.RIGHT)).isGreaterThan(500);
        assertThat(world.causes()).isSubsetOf("stale-replica");
        assertThat(world.count(Measure.LISTED, Result.WRONG)).isZero();
    }

    @Test
    void projectionThatWentBackwardsIsNamed() throws Exception {
        world.fill(1);
        world.change("thing-00000", false);
        world.pass(Duration.ofSeconds(5));
        world.projection.put("thing-00000", new Projected(1, Existence.STATE));

        world.run(MINUTE);

        assertThat(world.causes()).containsExactly("backwards");
        assertThat(world.projection.get("thing-00000").version()).isEqualTo(2);
    }

    @Test
    void pausedIdIsReportedAndNotRepaired() throws Exception {
        world.fill(40);
        world.pausedIds.add(ID);
        world.changeSilently(ID, false);

        world.run(MINUTE);

        assertThat(world.violations).extracting(Violation::repair).containsOnly("none");
        assertThat(world.repairs).isZero();
    }

    @Test
    void onlyMissingIdsAreFoundWithoutVersions() throws Exception {
        world.versions = false;
        world.fill(40);
        world.changeSilently(ID, false);
        world.run(MINUTE);
        assertThat(world.violations).isEmpty();

        world.projection.remove("thing-00001");
        world.changeSilently("thing-00002", true);
        world.run(MINUTE);

        assertThat(world.violations).extracting(Violation::id).containsExactlyInAnyOrder("thing-00001", "thing-00002");
    }

    @Test
    void recreatedIdProvesNothingWithoutVersions() throws Exception {
        world.versions = false;
        world.fill(10);
        deleteAndCreateEvery(Duration.ofSeconds(5));

        world.run(MINUTE.multipliedBy(30));

        assertThat(world.violations).isEmpty();
        assertThat(world.count(Result.UNDECIDED)).isPositive();
    }

    /** A second check, some multiple of ten seconds after the first, sees the same state. */
    private void deleteAndCreateEvery(Duration half) {
        world.change(ID, !world.source.get(ID).deleted());
        world.at(half, () -> deleteAndCreateEvery(half));
    }

    @Test
    void noOrphansAreReportedWithoutTombstones() throws Exception {
        world.versions = false;
        world.tellsTombstones = false;
        world.fill(40);
        world.changeSilently(ID, true);

        world.run(MINUTE);

        assertThat(world.violations).isEmpty();
        assertThat(world.count(Result.UNDECIDED)).isPositive();
    }

    @Test
    void openTriggersCountEvenIfNothingMayBeQueried() throws Exception {
        world.fill(1);
        world.room = false;
        world.outcomes.put("thing-00000", "open");
        world.changeSilently("thing-00000", false);
        world.changeSilently("thing-00000", false);
        world.send("thing-00000", OptionalLong.of(3));

        world.run(MINUTE);

        assertThat(world.asked).isZero();
        assertThat(world.count(Measure.AFTER_1S, Result.WRONG)).isEqualTo(1);
        assertThat(world.count(Measure.AFTER_10S, Result.WRONG)).isEqualTo(1);
    }

    @Test
    void wrongClocksOnlyDelayAges() throws Exception {
        world.fill(1);
        for (Duration skew : List.of(
                Duration.ofDays(-20_000), Duration.ofSeconds(-30), Duration.ofHours(5), Duration.ofDays(100_000))) {
            world.clockSkew = skew;
            world.change("thing-00000", false);
            world.run(MINUTE);
        }
        world.run(Duration.ofMinutes(10));

        assertThat(world.count(Result.WRONG)).isZero();
        assertThat(world.count(Measure.AFTER_1S, Result.RIGHT)).isEqualTo(2);
        assertThat(world.count(Measure.AFTER_1S, Result.LATE)).isEqualTo(2);
        assertThat(world.count(Measure.AFTER_10S, Result.LATE)).isEqualTo(2);
        assertThat(world.count(Measure.AFTER_1M, Result.RIGHT)).isEqualTo(3);
        assertThat(world.count(Measure.AFTER_1H, Result.LATE)).isEqualTo(1);
    }

    @Test
    void samplesOfMovedPartitionAreDroppedAndCounted() throws Exception {
        world.fill(1);
        world.change("thing-00000", false);
        world.run(Duration.ofSeconds(5));

        world.sampler.fenced(World.PARTITION, 0);
        world.run(MINUTE);

        assertThat(world.count(Measure.AFTER_1S, Result.RIGHT)).isEqualTo(1);
        assertThat(world.count(Measure.AFTER_10S, Result.MOVED)).isEqualTo(1);
        assertThat(world.count(Measure.AFTER_10S, Result.RIGHT)).isZero();
    }

    @Test
    void repairsStayWithinRate() throws Exception {
        world.fill(10_000);
        world.source.keySet().stream().toList().forEach(id -> world.changeSilently(id, false));

        world.run(Duration.ofMinutes(2));

        assertThat(world.repairs).isBetween(100, 120 * 100);
        assertThat(world.asked + world.repairs).isLessThanOrEqualTo(121 * 100);
        assertThat(world.monitor.report("things").known()).isLessThanOrEqualTo(100);
    }

    @Test
    void listsFirstOfManyPersistingViolations() throws Exception {
        world.fill(10_000);
        for (String id : List.copyOf(world.source.keySet())) {
            world.outcomes.put(id, "dead-lettered");
            world.change(id, false);
        }

        world.run(MINUTE);

        ConsistencyReport report = world.monitor.report("things");
        long found = world.violations.size();
        assertThat(found).isGreaterThan(200);
        assertThat(report.violations()).containsExactly(new ConsistencyReport.Count("dead-lettered", found));
        assertThat(report.known()).isEqualTo(world.monitor.known()).isEqualTo(100);
        assertThat(report.persisting()).isEqualTo(world.violations.subList(0, 20));
        assertThat(report.last()).hasSize(20).doesNotContainAnyElementsOf(report.persisting());
    }

    @Test
    void sourceWithSingleIdQueriesIsCheckedAtSameRate() throws Exception {
        var byIds = new World(1, 10);
        var oneByOne = new World(1, 10);
        oneByOne.maxIds = 1;
        for (World each : List.of(byIds, oneByOne)) {
            each.fill(10_000);
            each.run(Duration.ofMinutes(5));
        }
        assertThat(oneByOne.asked).isCloseTo(byIds.asked, withinPercentage(10));
    }

    @Test
    void lowestRateRepairsToo() throws Exception {
        var slow = new World(1, 1);
        slow.fill(3);
        slow.changeSilently("thing-00001", false);

        slow.run(Duration.ofMinutes(2));

        assertThat(slow.repairs).isEqualTo(1);
        assertThat(slow.projection.get("thing-00001").version()).isEqualTo(2);
    }

    @Test
    void emptySourceIsReportedAndNotProjected() throws Exception {
        world.fill(100);
        world.run(MINUTE);
        world.sourceKnowsNothing = true;

        world.run(MINUTE);

        assertThat(world.causes()).isNotEmpty();
        assertThat(world.absencesHeld).isPositive();
        assertThat(world.repairs).as("sent before most answers were absences").isLessThan(15);
    }

    @Test
    void emptyListIsNoViolation() throws Exception {
        world.fill(100);
        world.listIsEmpty = true;

        world.run(MINUTE);

        assertThat(world.violations).isEmpty();
        assertThat(world.count(Measure.PROJECTED, Result.RIGHT)).isPositive();
    }

    @Test
    void failingOrSlowSourceIsReportedAndSkipped() throws Exception {
        world.fill(100);
        world.sourceFailure = new IllegalStateException("no route to the source");
        world.change(ID, false);
        world.run(MINUTE);
        assertThat(world.monitor.report("things").error()).contains("no route to the source");
        assertThat(world.monitor.report("things").withoutErrors().error()).isNull();

        world.sourceFailure = null;
        world.latency = Duration.ofSeconds(10);
        world.change(ID, false);
        world.run(MINUTE);

        assertThat(world.violations).isEmpty();
        assertThat(world.count(Result.SKIPPED)).isPositive();
        assertThat(world.monitor.report("things").error()).isNull();
    }

    @Test
    void listsAreCheckedByAnotherInstance() throws Exception {
        world.fill(100);
        world.owner = false;

        world.run(MINUTE);

        assertThat(world.asked).isZero();
    }

    @Test
    void reportsBoundAndNinesOfShare() throws Exception {
        world.fill(100);

        world.run(Duration.ofMinutes(5));

        Share listed = world.monitor.report("things").measures().get(Measure.LISTED.ordinal());
        assertThat(listed.checked()).isGreaterThan(1_000);
        assertThat(listed.right()).isEqualTo(1.0);
        assertThat(listed.atLeast()).isBetween(0.99, 1.0);
        assertThat(listed.nines()).isBetween(2.0, 3.9);
    }

    @Test
    void resultsExpireAfterADay() throws Exception {
        world.fill(100);
        world.run(MINUTE);
        world.owner = false;
        world.pass(Duration.ofHours(25));

        assertThat(world.monitor.report("things").measures())
                .extracting(Share::checked)
                .containsOnly(0L);
    }
}

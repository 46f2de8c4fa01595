package io.triggerquery.producer.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.triggerquery.producer.LogCapture;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DestinationWorkerTest {

    private static final SendOutcome AWAY = new SendOutcome.Unreachable("away");

    private long now;
    private final List<String> counted = new ArrayList<>();
    private final FakeStore table = new FakeStore(() -> now);
    private final FakeSender sender = new FakeSender();
    // without jitter
    private final RetrySchedule schedule =
            new RetrySchedule(List.of(seconds(1), seconds(2), seconds(4)), seconds(8), 0, () -> 0.5);
    private final RelaySettings settings = new RelaySettings(seconds(1), 10, seconds(30), schedule, 100, Duration.ZERO);
    private final RelayBackoff backoff = new RelayBackoff(schedule, 100, () -> now);
    private final DestinationWorker worker = new DestinationWorker(
            "changed", table, inline(new Dispatch(sender, seconds(30))), settings, backoff, new RelayListener() {
                @Override
                public void sent(String destination, int triggers) {
                    counted.add("sent " + triggers);
                }

                @Override
                public void failed(String destination, Reason reason, int triggers) {
                    counted.add(reason + " " + triggers);
                }

                @Override
                public void outage(String destination, String cause) {
                    counted.add("outage");
                }

                @Override
                public void recovered(String destination, Duration outage) {
                    counted.add("recovered after " + outage.toSeconds() + " s");
                }

                @Override
                public void parked(String destination, int triggers, String cause) {
                    counted.add("parked " + triggers);
                }
            });

    @Test
    void sendsOneTriggerForAllRowsOfAnId() {
        insert("a", "b", "a", "a");

        assertThat(worker.pass()).isFalse();

        assertThat(sender.tried).containsExactly("a", "b");
        assertThat(table.ids()).isEmpty();
        assertThat(counted).containsExactly("sent 2");
    }

    @Test
    void ignoresOtherDestinations() {
        table.insert("other", "x");

        worker.pass();

        assertThat(sender.tried).isEmpty();
        assertThat(table.ids()).containsExactly("x");
    }

    @Test
    void continuesWhileBatchesAreFull() {
        insert(IntStream.range(0, 15).mapToObj(n -> "p" + n).toArray(String[]::new));

        assertThat(worker.pass()).isTrue();
        assertThat(worker.pass()).isFalse();
        assertThat(table.ids()).isEmpty();
    }

    @Test
    void deletesOnlyAcknowledgedTriggers() {
        insert("a", "b", "c", "b");
        sender.answerAfter = 3;
        sender.byId.put("b", AWAY);

        worker.pass();

        assertThat(table.ids()).containsExactly("b", "b");
        assertThat(counted).containsExactly("sent 2", "UNREACHABLE 1");
    }

    @Test
    void stopsBatchAfterImmediateFailure() {
        insert("a", "b", "c");
        sender.otherwise = AWAY;

        assertThat(worker.pass()).isFalse();

        assertThat(sender.tried).containsExactly("a");
        assertThat(table.ids()).containsExactly("a", "b", "c");
    }

    @Test
    void probesWithOneRowAtGrowingIntervalsWhileAway() {
        insert("a", "b", "c");
        sender.otherwise = AWAY;
        worker.pass();
        table.claims.clear();

        List<Long> secondsOfTries = new ArrayList<>();
        sender.tried.clear();
        for (int second = 0; second < 40; second++) {
            now += Duration.ofSeconds(1).toNanos();
            worker.pass();
            sender.takeTried()
                    .forEach(id -> secondsOfTries.add(Duration.ofNanos(now).toSeconds()));
        }

        assertThat(secondsOfTries).containsExactly(1L, 3L, 7L, 15L, 23L, 31L, 39L);
        assertThat(table.claims).containsOnly(1);
    }

    @Test
    void probesWithADifferentRowThanTheFailedOne() {
        insert("stuck", "healthy");
        sender.byId.put("stuck", AWAY);
        worker.pass();
        now += Duration.ofSeconds(1).toNanos();

        worker.pass();

        assertThat(sender.tried).containsExactly("stuck", "healthy");
        assertThat(table.ids()).containsExactly("stuck");
    }

    @Test
    void recoversAndResetsBackoffAfterOutage() {
        insert("a", "b", "c");
        sender.otherwise = AWAY;
        worker.pass();
        sender.otherwise = new SendOutcome.Acknowledged();
        now += seconds(2).toNanos();

        while (!table.ids().isEmpty()) {
            worker.pass();
            now += Duration.ofMillis(10).toNanos();
        }
        worker.pass();

        assertThat(table.claims).startsWith(10, 1, 10);
        assertThat(backoff.failed()).isEqualTo(seconds(1));
    }

    @Test
    void drainsBacklogAtBoundedRate() {
        insert(IntStream.range(0, 500).mapToObj(n -> "p" + n).toArray(String[]::new));
        sender.otherwise = AWAY;
        worker.pass();
        sender.otherwise = new SendOutcome.Acknowledged();
        sender.tried.clear();
        now += seconds(1).toNanos();

        for (int tick = 0; tick < 200; tick++) {
            worker.pass();
            now += Duration.ofMillis(10).toNanos();
        }

        assertThat(sender.tried).hasSizeBetween(190, 210);
        assertThat(backoff.state()).isEqualTo(DestinationState.DRAINING);
    }

    @Test
    void raisesOneAlarmPerOutageAndOneAtRecovery() {
        insert("a", "b");
        sender.otherwise = AWAY;
        for (int second = 0; second < 60; second++) {
            worker.pass();
            now += seconds(1).toNanos();
        }
        sender.otherwise = new SendOutcome.Acknowledged();
        now += seconds(8).toNanos();
        worker.pass();

        assertThat(counted).containsOnlyOnce("outage").endsWith("sent 1", "recovered after 68 s");
    }

    @Test
    void singleFailureRaisesNoAlarm() {
        insert("a");
        sender.byId.put("a", AWAY);
        worker.pass();
        sender.byId.clear();
        now += seconds(1).toNanos();
        worker.pass();

        assertThat(counted).containsExactly("UNREACHABLE 1", "sent 1");
    }

    @Test
    void postponesTheOnlyFailingEntryOfABatch() {
        insert("stuck", "healthy");
        sender.answerAfter = 2;
        sender.byId.put("stuck", AWAY);
        worker.pass();

        assertThat(backoff.state()).isEqualTo(DestinationState.OPEN);
        assertThat(table.rows.get(1L).attempts()).isEqualTo(1);
        assertThat(table.rows.get(1L).due()).isEqualTo(now + seconds(1).toNanos());
    }

    @Test
    void triggerPublishedAgainDuringItsSendIsSentAgain() {
        insert("a");
        sender.answerAfter = 1;
        sender.whileSending = () -> table.publishedAgain(1);

        worker.pass();
        assertThat(table.ids()).containsExactly("a");

        sender.whileSending = () -> {};
        worker.pass();
        assertThat(sender.tried).containsExactly("a", "a");
        assertThat(table.ids()).isEmpty();
    }

    @Test
    void parksRefusedTriggerAndSendsTheRest() {
        insert("big", "small");
        sender.byId.put("big", new SendOutcome.Refused("too large"));

        worker.pass();
        assertThat(sender.takeTried()).containsExactly("big", "small", "big");
        assertThat(table.list(10))
                .singleElement()
                .satisfies(waiting -> assertThat(waiting.parked()).isEqualTo("too large"));
        assertThat(counted).containsExactly("sent 1", "REFUSED 1", "parked 1");

        now += Duration.ofDays(30).toNanos();
        worker.pass();
        assertThat(sender.takeTried()).isEmpty();

        table.unpark("changed", null);
        worker.pass();
        assertThat(sender.takeTried()).containsExactly("big", "big");
    }

    @Test
    void retriesBlockedDestinationAfterLongPause() {
        insert("a", "b");
        sender.otherwise = new SendOutcome.Blocked("denied");
        worker.pass();
        assertThat(counted).containsExactly("BLOCKED 1", "outage");
        sender.tried.clear();

        now += RelayBackoff.BLOCKED_PAUSE.toNanos() - 1;
        worker.pass();
        assertThat(sender.tried).isEmpty();

        now += 1;
        worker.pass();
        assertThat(sender.tried).containsExactly("a");
        assertThat(table.ids()).containsExactly("a", "b");
    }

    @Test
    void triggerRefusedByBrokerLimitIsRetriedAndNotParked() {
        insert("long", "short");
        sender.byId.put("long", new SendOutcome.Refused("too large", false));

        worker.pass();
        assertThat(counted).containsExactly("sent 1", "UNREACHABLE 1");
        assertThat(worker.state()).isEqualTo(DestinationState.PARTLY_AWAY);
        now += seconds(1).toNanos();
        worker.pass();
        assertThat(backoff.state()).isEqualTo(DestinationState.OPEN);
        assertThat(counted).endsWith("outage");

        sender.byId.clear();
        now += seconds(2).toNanos();
        worker.pass();
        assertThat(table.ids()).isEmpty();
        assertThat(worker.state()).isEqualTo(DestinationState.OPEN);
        assertThat(counted).endsWith("sent 1", "recovered after 3 s");
    }

    @Test
    void limitThatRefusesEveryTriggerCountsAsOutage() {
        insert("a", "b", "c");
        sender.otherwise = new SendOutcome.Refused("too large", false);

        worker.pass();
        now += seconds(1).toNanos();
        worker.pass();

        assertThat(backoff.state()).isEqualTo(DestinationState.AWAY);
        assertThat(counted).containsOnlyOnce("outage").doesNotContain("parked 1");
        assertThat(table.ids()).containsExactly("a", "b", "c");
    }

    @Test
    void unavailablePartitionIsReportedAndDoesNotAffectOthers() {
        insert("p0", "p1");
        at("p0", "p0-2", "p0-3").andAwayAt("p1");

        worker.pass();
        assertThat(worker.state()).isEqualTo(DestinationState.PARTLY_AWAY);
        assertThat(counted).containsExactly("sent 1", "UNREACHABLE 1");

        // only its own attempts fail; the other partitions continue
        now += seconds(1).toNanos();
        worker.pass();
        insert("p0-2");
        worker.pass();
        assertThat(backoff.state()).isEqualTo(DestinationState.OPEN);
        assertThat(counted).containsExactly("sent 1", "UNREACHABLE 1", "UNREACHABLE 1", "outage", "sent 1");

        sender.byId.put("p1", new SendOutcome.Acknowledged("partition 1"));
        now += seconds(2).toNanos();
        worker.pass();
        assertThat(worker.state()).isEqualTo(DestinationState.OPEN);
        assertThat(counted).endsWith("sent 1", "recovered after 3 s");
    }

    @Test
    void recoveryIsNotLoggedWhileAPartitionIsUnavailable() {
        try (LogCapture log = LogCapture.of(Outage.class)) {
            insert("p1");
            at("p0", "p0-2").andAwayAt("p1");
            worker.pass();
            insert("p0");
            now += seconds(1).toNanos();
            worker.pass();
            worker.pass();
            assertThat(log.messages(Level.INFO)).isEmpty();

            sender.byId.put("p1", new SendOutcome.Acknowledged("partition 1"));
            now += seconds(8).toNanos();
            worker.pass();
            assertThat(log.messages(Level.INFO)).containsExactly("Triggers for changed are sent again");
        }
    }

    @Test
    void partitionThatFailedInFullOutageIsNotReported() {
        insert("p1", "p0");
        at().andAwayAt("p0", "p1");
        worker.pass();
        now += seconds(1).toNanos();
        at("p0", "p1");
        worker.pass();

        assertThat(worker.state()).isEqualTo(DestinationState.DRAINING);
    }

    @Test
    void partitionFailureExpiresWhenAnotherInstanceHasSentItsTriggers() {
        insert("p0", "p1");
        at("p0").andAwayAt("p1");
        worker.pass();
        table.rows.clear();

        now += seconds(3 * 8 + 1).toNanos();
        worker.pass();

        assertThat(worker.state()).isEqualTo(DestinationState.OPEN);
    }

    @Test
    void triggersOfRecoveredPartitionAreSentAtBoundedRate() {
        String[] ids = IntStream.range(0, 100).mapToObj(n -> "p" + n).toArray(String[]::new);
        insert(ids);
        insert("healthy");
        sender.otherwise = new SendOutcome.Unreachable("no leader", "partition 1");
        sender.byId.put("healthy", new SendOutcome.Acknowledged("partition 0"));
        sender.answerAfter = 10;
        while (worker.pass() || backoff.state() == DestinationState.AWAY) {
            now += Duration.ofMillis(100).toNanos();
        }
        sender.otherwise = new SendOutcome.Acknowledged("partition 1");
        now += seconds(60).toNanos();
        sender.tried.clear();

        worker.pass();
        for (int tick = 0; tick < 10; tick++) {
            now += Duration.ofMillis(20).toNanos();
            worker.pass();
        }

        assertThat(sender.tried).hasSizeBetween(20, 40);
    }

    private DestinationWorkerTest at(String... ids) {
        for (String id : ids) {
            sender.byId.put(id, new SendOutcome.Acknowledged("partition " + id.charAt(1)));
        }
        return this;
    }

    private void andAwayAt(String... ids) {
        for (String id : ids) {
            sender.byId.put(id, new SendOutcome.Unreachable("no leader", "partition " + id.charAt(1)));
        }
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private void insert(String... ids) {
        for (String id : ids) {
            table.insert("changed", id);
        }
    }

    private static Deliveries inline(BatchDelivery delivery) {
        return InlineExecutor.deliveries(delivery);
    }
}

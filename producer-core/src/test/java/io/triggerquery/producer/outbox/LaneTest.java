package io.triggerquery.producer.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.sending.SendOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaneTest {

    private static final SendOutcome AWAY = new SendOutcome.Unreachable("away");

    private long now;
    private final List<String> counted = new ArrayList<>();
    private final FakeTable table = new FakeTable(() -> now);
    private final FakeSender sender = new FakeSender();
    private final OutboxSettings settings =
            new OutboxSettings(Duration.ofSeconds(1), 10, Duration.ofSeconds(30), Duration.ofSeconds(8));
    // no jitter: the full pause
    private final Gate gate = new Gate(new Backoff(settings.maxPause(), () -> 1.0), () -> now);
    private final Lane lane = new Lane("changed", table, sender, settings, gate, new SendCounts() {
        @Override
        public void sent(String destination, int triggers) {
            counted.add("sent " + triggers);
        }

        @Override
        public void failed(String destination, Reason reason, int triggers) {
            counted.add(reason + " " + triggers);
        }
    });

    @Test
    void sendsOneTriggerForAllRowsOfAnId() {
        insert("a", "b", "a", "a");

        assertThat(lane.pass()).isFalse();

        assertThat(sender.tried).containsExactly("a", "b");
        assertThat(table.ids()).isEmpty();
        assertThat(counted).containsExactly("sent 2");
    }

    @Test
    void leavesOtherDestinationsAlone() {
        table.insert("other", "x");

        lane.pass();

        assertThat(sender.tried).isEmpty();
        assertThat(table.ids()).containsExactly("x");
    }

    @Test
    void goesOnWhileBatchesAreFull() {
        insert(IntStream.range(0, 15).mapToObj(n -> "p" + n).toArray(String[]::new));

        assertThat(lane.pass()).isTrue();
        assertThat(lane.pass()).isFalse();
        assertThat(table.ids()).isEmpty();
    }

    @Test
    void deletesOnlyWhatWasAcknowledged() {
        insert("a", "b", "c", "b");
        sender.answerAfter = 3;
        sender.byId.put("b", AWAY);

        lane.pass();

        assertThat(table.ids()).containsExactly("b", "b");
        assertThat(counted).containsExactly("sent 2", "UNREACHABLE 1");
    }

    @Test
    void stopsSendingOnceASendFailsAtOnce() {
        insert("a", "b", "c");
        sender.otherwise = AWAY;

        assertThat(lane.pass()).isFalse();

        assertThat(sender.tried).containsExactly("a");
        assertThat(table.ids()).containsExactly("a", "b", "c");
    }

    @Test
    void probesWithOneRowWhileAwayAtGrowingIntervalsUpToTheCap() {
        insert("a", "b", "c");
        sender.otherwise = AWAY;
        lane.pass();
        table.claims.clear();

        List<Long> secondsOfTries = new ArrayList<>();
        sender.tried.clear();
        for (int second = 0; second < 40; second++) {
            now += Duration.ofSeconds(1).toNanos();
            lane.pass();
            sender.takeTried()
                    .forEach(id -> secondsOfTries.add(Duration.ofNanos(now).toSeconds()));
        }

        assertThat(secondsOfTries).containsExactly(1L, 3L, 7L, 15L, 23L, 31L, 39L);
        assertThat(table.claims).containsOnly(1);
    }

    @Test
    void probesWithAnotherRowThanTheOneThatFailed() {
        insert("stuck", "well");
        sender.byId.put("stuck", AWAY);
        lane.pass();
        now += Duration.ofSeconds(1).toNanos();

        lane.pass();

        assertThat(sender.tried).containsExactly("stuck", "well");
        assertThat(table.ids()).containsExactly("stuck");
    }

    @Test
    void recoversByItselfAndForgetsTheOutage() {
        insert("a", "b", "c");
        sender.otherwise = AWAY;
        lane.pass();
        sender.otherwise = new SendOutcome.Acknowledged();
        now += Duration.ofSeconds(2).toNanos();

        assertThat(lane.pass()).isTrue();
        assertThat(lane.pass()).isFalse();

        assertThat(table.ids()).isEmpty();
        assertThat(table.claims).containsExactly(10, 1, 10);
        assertThat(gate.failed()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void putsAsideWhatIsRefusedAndSendsTheRest() {
        insert("big", "small");
        sender.byId.put("big", new SendOutcome.Refused("too large"));

        lane.pass();
        assertThat(sender.takeTried()).containsExactly("big", "small");
        assertThat(table.ids()).containsExactly("big");
        assertThat(counted).containsExactly("sent 1", "REFUSED 1");

        now += Lane.ASIDE.minusSeconds(1).toNanos();
        insert("next");
        lane.pass();
        assertThat(sender.takeTried()).containsExactly("next");

        now += Duration.ofSeconds(2).toNanos();
        lane.pass();
        assertThat(sender.takeTried()).containsExactly("big");
    }

    @Test
    void triesABlockedDestinationSeldom() {
        insert("a", "b");
        sender.otherwise = new SendOutcome.Blocked("denied");
        lane.pass();
        assertThat(counted).containsExactly("BLOCKED 1");
        sender.tried.clear();

        now += Gate.BLOCKED_PAUSE.toNanos() - 1;
        lane.pass();
        assertThat(sender.tried).isEmpty();

        now += 1;
        lane.pass();
        assertThat(sender.tried).containsExactly("a");
        assertThat(table.ids()).containsExactly("a", "b");
    }

    private void insert(String... ids) {
        for (String id : ids) {
            table.insert("changed", id);
        }
    }
}

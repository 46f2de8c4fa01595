package io.triggerquery.producer.relay;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.triggerquery.producer.LogCapture;
import io.triggerquery.producer.sending.SendOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelayRoundTest {

    private static final Duration POLL = Duration.ofSeconds(10);
    private static final RetrySchedule SCHEDULE =
            new RetrySchedule(List.of(Duration.ofSeconds(1)), Duration.ofSeconds(8), 0, () -> 0.5);

    private long now;
    private final FakeStore table = new FakeStore(() -> now);
    private final FakeSender sender = new FakeSender();
    private final RelayRound round = new RelayRound(table, List.of(lane("missing"), lane("changed")), gate(), gate());

    @Test
    void emptiesTheTable() {
        for (int n = 0; n < 35; n++) {
            table.insert("changed", "p" + n);
        }

        round.run(() -> true, POLL);

        assertThat(table.ids()).isEmpty();
    }

    @Test
    void oneDestinationInTroubleDoesNotHoldUpTheOthers() {
        table.insert("missing", "m");
        table.insert("changed", "c");
        sender.byId.put("m", new SendOutcome.Unreachable("no such topic"));

        round.run(() -> true, POLL);

        assertThat(table.ids()).containsExactly("m");
    }

    @Test
    void stopsWhenTold() {
        table.insert("changed", "c");

        round.run(() -> false, POLL);

        assertThat(sender.tried).isEmpty();
    }

    @Test
    void stopsBetweenTwoBatches() {
        for (int n = 0; n < 35; n++) {
            table.insert("changed", "p" + n);
        }

        round.run(() -> sender.tried.isEmpty(), POLL);

        assertThat(sender.tried).hasSize(10);
    }

    @Test
    void survivesTheDatabaseAndDoesNotHammerIt() {
        table.insert("changed", "c");
        table.broken = true;
        for (int n = 0; n < 5; n++) {
            round.run(() -> true, POLL);
        }
        assertThat(table.claims).hasSize(1);

        table.broken = false;
        now += Duration.ofSeconds(1).toNanos();
        round.run(() -> true, POLL);
        assertThat(table.ids()).isEmpty();
    }

    @Test
    void whatGathersWhileTheDatabaseIsAwayIsDrainedAtTheBoundedRate() {
        table.broken = true;
        round.run(() -> true, POLL);
        for (int n = 0; n < 300; n++) {
            table.insert("changed", "p" + n);
        }
        table.broken = false;
        now += Duration.ofSeconds(1).toNanos();

        round.run(() -> true, POLL);

        // 1,000 a second, in batches of ten
        assertThat(sender.tried).hasSize(10);
    }

    @Test
    void survivesAnError() {
        LinkageError error = new LinkageError("for the test");

        round.run(
                () -> {
                    throw error;
                },
                POLL);
        now += Duration.ofSeconds(1).toNanos();
        table.insert("changed", "c");
        round.run(() -> true, POLL);

        assertThat(table.ids()).isEmpty();
    }

    @Test
    void aRowThatWasSentButNotDeletedIsSentAgainAfterItsLease() {
        table.insert("changed", "c");
        table.breakAfterClaim = true;
        round.run(() -> true, POLL);
        assertThat(table.ids()).containsExactly("c");

        table.breakAfterClaim = false;
        table.broken = false;
        now += Duration.ofSeconds(31).toNanos();
        round.run(() -> true, POLL);

        assertThat(sender.tried).containsExactly("c", "c");
        assertThat(table.ids()).isEmpty();
    }

    @Test
    void reportsDestinationsThatAreNoLongerConfigured() {
        table.insert("gone\nfake", "x");
        try (LogCapture log = LogCapture.of(RelayRound.class)) {
            round.run(() -> true, POLL);
            round.run(() -> true, POLL);

            assertThat(log.messages(Level.ERROR)).singleElement().asString().contains("gone?fake");
        }
        assertThat(table.ids()).containsExactly("x");
    }

    @Test
    void comesBackAsSoonAsATroubledDestinationIsDue() {
        assertThat(round.run(() -> true, POLL)).isEqualTo(POLL);

        table.insert("missing", "m");
        sender.byId.put("m", new SendOutcome.Unreachable("no such topic"));
        assertThat(round.run(() -> true, POLL)).isEqualTo(Duration.ofSeconds(1));
    }

    private Lane lane(String destination) {
        RelaySettings settings = new RelaySettings(POLL, 10, Duration.ofSeconds(30), SCHEDULE, 1_000, Duration.ZERO);
        return new Lane(
                destination,
                table,
                inline(new Dispatch(sender, Duration.ofSeconds(30))),
                settings,
                gate(),
                RelayListener.NONE);
    }

    private Gate gate() {
        return new Gate(SCHEDULE, 1_000, () -> now);
    }

    private static Deliveries inline(Delivery delivery) {
        return new Deliveries(delivery, Runnable::run, destination -> {});
    }
}

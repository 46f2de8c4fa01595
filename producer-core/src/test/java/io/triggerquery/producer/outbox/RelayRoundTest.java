package io.triggerquery.producer.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.triggerquery.producer.sending.SendOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RelayRoundTest {

    private long now;
    private final FakeTable table = new FakeTable(() -> now);
    private final FakeSender sender = new FakeSender();
    private final RelayRound round = new RelayRound(
            table, Set.of("changed", "missing"), List.of(lane("missing"), lane("changed")), gate(), gate());

    @Test
    void emptiesTheTable() {
        for (int n = 0; n < 35; n++) {
            table.insert("changed", "p" + n);
        }

        round.run(() -> true);

        assertThat(table.ids()).isEmpty();
    }

    @Test
    void oneDestinationInTroubleDoesNotHoldUpTheOthers() {
        table.insert("missing", "m");
        table.insert("changed", "c");
        sender.byId.put("m", new SendOutcome.Unreachable("no such topic"));

        round.run(() -> true);

        assertThat(table.ids()).containsExactly("m");
    }

    @Test
    void stopsWhenTold() {
        table.insert("changed", "c");

        round.run(() -> false);

        assertThat(sender.tried).isEmpty();
    }

    @Test
    void stopsBetweenTwoBatches() {
        for (int n = 0; n < 35; n++) {
            table.insert("changed", "p" + n);
        }

        round.run(() -> sender.tried.isEmpty());

        assertThat(sender.tried).hasSize(10);
    }

    @Test
    void survivesTheDatabaseAndDoesNotHammerIt() {
        table.insert("changed", "c");
        table.broken = true;
        for (int n = 0; n < 5; n++) {
            round.run(() -> true);
        }
        assertThat(table.claims).hasSize(1);

        table.broken = false;
        now += Duration.ofSeconds(1).toNanos();
        round.run(() -> true);
        assertThat(table.ids()).isEmpty();
    }

    @Test
    void survivesAnError() {
        LinkageError error = new LinkageError("for the test");

        round.run(() -> {
            throw error;
        });
        now += Duration.ofSeconds(1).toNanos();
        table.insert("changed", "c");
        round.run(() -> true);

        assertThat(table.ids()).isEmpty();
    }

    @Test
    void aRowThatWasSentButNotDeletedIsSentAgainAfterItsLease() {
        table.insert("changed", "c");
        table.breakAfterClaim = true;
        round.run(() -> true);
        assertThat(table.ids()).containsExactly("c");

        table.breakAfterClaim = false;
        table.broken = false;
        now += Duration.ofSeconds(31).toNanos();
        round.run(() -> true);

        assertThat(sender.tried).containsExactly("c", "c");
        assertThat(table.ids()).isEmpty();
    }

    @Test
    void reportsDestinationsThatAreNoLongerConfigured() {
        table.insert("gone\nfake", "x");
        try (LogCapture log = LogCapture.of(RelayRound.class)) {
            round.run(() -> true);
            round.run(() -> true);

            assertThat(log.messages(Level.ERROR)).singleElement().asString().contains("gone?fake");
        }
        assertThat(table.ids()).containsExactly("x");
    }

    private Lane lane(String destination) {
        OutboxSettings settings =
                new OutboxSettings(Duration.ofSeconds(1), 10, Duration.ofSeconds(30), Duration.ofSeconds(8));
        return new Lane(destination, table, sender, settings, gate(), SendCounts.NONE);
    }

    private Gate gate() {
        return new Gate(new Backoff(Duration.ofSeconds(8), () -> 1.0), () -> now);
    }
}

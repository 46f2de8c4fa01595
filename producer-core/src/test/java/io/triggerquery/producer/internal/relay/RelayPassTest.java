package io.triggerquery.producer.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.triggerquery.producer.LogCapture;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RelayPassTest {

    private static final Duration POLL = Duration.ofSeconds(10);
    private static final RetrySchedule SCHEDULE =
            new RetrySchedule(List.of(Duration.ofSeconds(1)), Duration.ofSeconds(8), 0, () -> 0.5);

    private long now;
    private final FakeStore table = new FakeStore(() -> now);
    private final FakeSender sender = new FakeSender();
    private final List<String> reported = new ArrayList<>();
    private final RelayListener listener = new RelayListener() {
        @Override
        public void storeFailed(String store, String cause) {
            reported.add(store + " failed: " + cause);
        }

        @Override
        public void storeRecovered(String store, Duration outage) {
            reported.add(store + " recovered after " + outage.toSeconds() + " s");
        }

        @Override
        public void unconfiguredDestination(String store, String destination, long triggers) {
            reported.add(store + " has " + triggers + " for " + destination);
        }
    };
    private final StoreFailures storeFailures =
            new StoreFailures("outbox", listener, () -> now, RetrySchedule::randomFraction);
    private final UnconfiguredDestinations unconfigured = new UnconfiguredDestinations("outbox", backoff(), listener);
    private final TriggerStore store = new WatchedStore(table, storeFailures);
    private final RelayPass round =
            new RelayPass(store, List.of(worker("missing"), worker("changed")), storeFailures, unconfigured);

    @Test
    void sendsAllRowsOfTheTable() {
        for (int n = 0; n < 35; n++) {
            table.insert("changed", "p" + n);
        }

        round.run(() -> true, POLL);

        assertThat(table.ids()).isEmpty();
    }

    @Test
    void unavailableDestinationDoesNotDelayOthers() {
        table.insert("missing", "m");
        table.insert("changed", "c");
        sender.byId.put("m", new SendOutcome.Unreachable("no such topic"));

        round.run(() -> true, POLL);

        assertThat(table.ids()).containsExactly("m");
    }

    @Test
    void sendsNothingWhenStopped() {
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
    void pausesAfterDatabaseFailureAndRecovers() {
        table.insert("changed", "c");
        table.broken = true;
        for (int n = 0; n < 5; n++) {
            round.run(() -> true, POLL);
        }
        assertThat(table.claims).hasSize(1);

        table.broken = false;
        now += Duration.ofSeconds(2).toNanos();
        round.run(() -> true, POLL);
        assertThat(table.ids()).isEmpty();
    }

    @Test
    void backlogAfterDatabaseOutageIsDrainedAtBoundedRate() {
        table.broken = true;
        round.run(() -> true, POLL);
        for (int n = 0; n < 300; n++) {
            table.insert("changed", "p" + n);
        }
        table.broken = false;
        now += Duration.ofSeconds(2).toNanos();

        round.run(() -> true, POLL);

        // 1,000 a second, in batches of ten
        assertThat(sender.tried).hasSize(10);
    }

    @Test
    void failingStoreIsRetriedEveryFewSeconds() {
        table.insert("changed", "c");
        table.broken = true;
        long end = Duration.ofMinutes(10).toNanos();
        while (now < end) {
            now += round.run(() -> true, POLL).toNanos();
        }

        Duration wait = round.run(() -> true, POLL);
        table.broken = false;

        assertThat(wait).isBetween(Duration.ofMillis(1), Duration.ofMillis(5_500));
        now += wait.toNanos();
        round.run(() -> true, POLL);
        assertThat(table.ids()).isEmpty();
    }

    @Test
    void operatorRetryEndsThePauseOfTheStore() {
        table.insert("changed", "c");
        table.broken = true;
        round.run(() -> true, POLL);
        table.broken = false;
        round.run(() -> true, POLL);
        assertThat(table.ids()).containsExactly("c");

        storeFailures.retryNow();
        round.run(() -> true, POLL);

        assertThat(table.ids()).isEmpty();
    }

    @Test
    void storeFailureIsReportedOnceAfterSecondFailureInARow() {
        table.broken = true;
        round.run(() -> true, POLL);
        assertThat(reported).isEmpty();
        assertThat(storeFailures.cause()).isEmpty();
        for (int n = 0; n < 3; n++) {
            now += Duration.ofSeconds(6).toNanos();
            round.run(() -> true, POLL);
        }
        assertThat(reported).containsExactly("outbox failed: no database");
        assertThat(storeFailures.cause()).contains("no database");

        table.broken = false;
        now += Duration.ofSeconds(6).toNanos();
        round.run(() -> true, POLL);

        assertThat(reported).containsExactly("outbox failed: no database", "outbox recovered after 24 s");
        assertThat(storeFailures.cause()).isEmpty();
    }

    @Test
    void passWithoutStoreAccessDoesNotReportRecovery() {
        table.broken = true;
        for (int n = 0; n < 2; n++) {
            now += Duration.ofSeconds(6).toNanos();
            round.run(() -> true, POLL);
        }

        now += Duration.ofSeconds(6).toNanos();
        round.run(() -> false, POLL);

        assertThat(reported).containsExactly("outbox failed: no database");
    }

    @Test
    void deliveredTriggersAreSettledDuringThePauseOfTheStore() {
        List<Runnable> senders = new ArrayList<>();
        Deliveries deliveries = new Deliveries(new Dispatch(sender, Duration.ofSeconds(30)), destination -> {});
        deliveries.start(new InlineExecutor(senders::add));
        RelayPass asynchronous =
                new RelayPass(store, List.of(worker("changed", deliveries)), storeFailures, unconfigured);
        for (int n = 0; n < 20; n++) {
            table.insert("changed", "p" + n);
        }
        asynchronous.run(() -> true, POLL);
        table.broken = true;
        assertThatThrownBy(() -> store.backlog()).hasMessage("no database");
        table.broken = false;
        senders.remove(0).run();

        Duration wait = asynchronous.continueWith("changed", () -> true, POLL);

        assertThat(table.ids()).hasSize(10);
        assertThat(table.claims).hasSize(1);
        assertThat(wait).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void continuesAfterAnError() {
        LinkageError error = new LinkageError("for the test");

        round.run(
                () -> {
                    throw error;
                },
                POLL);
        now += Duration.ofSeconds(2).toNanos();
        table.insert("changed", "c");
        round.run(() -> true, POLL);

        assertThat(table.ids()).isEmpty();
    }

    @Test
    void sentButUndeletedRowIsSentAgainAfterItsLease() {
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
    void reportsUnconfiguredDestinations() {
        table.insert("gone\nfake", "x");
        try (LogCapture log = LogCapture.of(UnconfiguredDestinations.class)) {
            round.run(() -> true, POLL);
            round.run(() -> true, POLL);

            assertThat(log.messages(Level.ERROR)).singleElement().asString().contains("gone?fake");
        }
        assertThat(table.ids()).containsExactly("x");
        assertThat(reported).containsExactly("outbox has 1 for gone?fake");
        assertThat(unconfigured.found()).isEqualTo(Map.of("gone\nfake", 1L));
    }

    @Test
    void unconfiguredDestinationIsReportedAgainOnlyAfterItWasEmpty() {
        table.insert("gone", "x");
        for (int n = 0; n < 3; n++) {
            round.run(() -> true, POLL);
            now += Duration.ofMinutes(6).toNanos();
        }
        assertThat(reported).containsExactly("outbox has 1 for gone");

        table.rows.clear();
        round.run(() -> true, POLL);
        assertThat(unconfigured.found()).isEmpty();
        now += Duration.ofMinutes(6).toNanos();
        table.insert("gone", "y");
        round.run(() -> true, POLL);

        assertThat(reported).hasSize(2);
    }

    @Test
    void nextPassRunsWhenUnavailableDestinationIsDue() {
        assertThat(round.run(() -> true, POLL)).isEqualTo(POLL);

        table.insert("missing", "m");
        sender.byId.put("m", new SendOutcome.Unreachable("no such topic"));
        assertThat(round.run(() -> true, POLL)).isEqualTo(Duration.ofSeconds(1));
    }

    private DestinationWorker worker(String destination) {
        return worker(destination, InlineExecutor.deliveries(new Dispatch(sender, Duration.ofSeconds(30))));
    }

    private DestinationWorker worker(String destination, Deliveries deliveries) {
        RelaySettings settings = new RelaySettings(POLL, 10, Duration.ofSeconds(30), SCHEDULE, 1_000, Duration.ZERO);
        return new DestinationWorker(destination, store, deliveries, settings, backoff(), RelayListener.NONE);
    }

    private RelayBackoff backoff() {
        return new RelayBackoff(SCHEDULE, 1_000, () -> now);
    }
}

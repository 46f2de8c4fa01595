package io.triggerquery.producer.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreFailuresTest {

    private static final Duration LEASE = Duration.ofSeconds(30);

    private long now;
    private final FakeStore table = new FakeStore(() -> now);
    private final List<String> reported = new ArrayList<>();
    private final RelayListener listener = new RelayListener() {
        @Override
        public void storeFailed(String store, String cause) {
            reported.add("failed");
        }

        @Override
        public void storeRecovered(String store, Duration outage) {
            reported.add("recovered after " + outage.toSeconds() + " s");
        }
    };
    private final StoreFailures storeFailures = new StoreFailures("outbox", listener, () -> now, () -> 0.5);
    private final TriggerStore store = new WatchedStore(table, storeFailures);

    @Test
    void severalFailuresInOneAttemptCountOnce() {
        table.broken = true;
        attempt(this::done);
        done();
        done();
        assertThat(reported).isEmpty();
        assertThat(storeFailures.remainingPause()).isEqualTo(Duration.ofSeconds(1));

        afterThePause();
        attempt(this::done);
        assertThat(reported).containsExactly("failed");
        assertThat(storeFailures.remainingPause()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void storeThatCannotDeleteIsReportedAsFailed() {
        for (int n = 0; n < 2; n++) {
            attempt(this::claim);
            table.broken = true;
            done();
            table.broken = false;
            afterThePause();
        }
        assertThat(reported).containsExactly("failed");
        attempt(this::claim);
        assertThat(storeFailures.cause()).isPresent();

        done();
        assertThat(reported).containsExactly("failed", "recovered after 3 s");
        assertThat(storeFailures.cause()).isEmpty();
        assertThat(storeFailures.hasFailed()).isFalse();
    }

    @Test
    void failedDeleteDoesNotPreventRecoveryForever() {
        table.broken = true;
        attempt(this::done);
        afterThePause();
        attempt(this::claim);
        table.broken = false;

        now += LEASE.multipliedBy(2).toNanos();
        attempt(this::claim);
        assertThat(reported).containsExactly("failed");
        now++;
        attempt(this::claim);
        assertThat(reported).hasSize(2);
    }

    @Test
    void workingStoreIsNotReported() {
        attempt(this::claim);
        done();

        assertThat(reported).isEmpty();
        assertThat(storeFailures.hasFailed()).isFalse();
    }

    private void attempt(Runnable use) {
        storeFailures.attempted();
        use.run();
    }

    private void claim() {
        use(() -> store.claim("changed", 10, LEASE));
    }

    private void done() {
        use(() -> store.done(List.of()));
    }

    private void use(Runnable call) {
        if (table.broken) {
            assertThatThrownBy(call::run).hasMessage("no database");
        } else {
            call.run();
        }
    }

    private void afterThePause() {
        now += storeFailures.remainingPause().toNanos();
    }
}

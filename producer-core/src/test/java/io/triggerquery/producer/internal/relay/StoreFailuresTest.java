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
    private final List<String> told = new ArrayList<>();
    private final RelayListener listener = new RelayListener() {
        @Override
        public void storeFailed(String store, String cause) {
            told.add("failed");
        }

        @Override
        public void storeRecovered(String store, Duration outage) {
            told.add("recovered after " + outage.toSeconds() + " s");
        }
    };
    private final StoreFailures storeFailures = new StoreFailures("outbox", listener, () -> now, () -> 0.5);
    private final TriggerStore store = new WatchedStore(table, storeFailures);

    @Test
    void whatFailsDuringOneTryIsOneFailure() {
        table.broken = true;
        tryTo(this::done);
        done();
        done();
        assertThat(told).isEmpty();
        assertThat(storeFailures.remainingPause()).isEqualTo(Duration.ofSeconds(1));

        afterThePause();
        tryTo(this::done);
        assertThat(told).containsExactly("failed");
        assertThat(storeFailures.remainingPause()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aStoreThatGivesAndDoesNotForgetIsInTrouble() {
        for (int n = 0; n < 2; n++) {
            tryTo(this::claim);
            table.broken = true;
            done();
            table.broken = false;
            afterThePause();
        }
        assertThat(told).containsExactly("failed");
        tryTo(this::claim);
        assertThat(storeFailures.cause()).isPresent();

        done();
        assertThat(told).containsExactly("failed", "recovered after 3 s");
        assertThat(storeFailures.cause()).isEmpty();
        assertThat(storeFailures.hasFailed()).isFalse();
    }

    @Test
    void whatAnotherInstanceHasDoneDoesNotKeepTheTroubleUp() {
        table.broken = true;
        tryTo(this::done);
        afterThePause();
        tryTo(this::claim);
        table.broken = false;

        now += LEASE.multipliedBy(2).toNanos();
        tryTo(this::claim);
        assertThat(told).containsExactly("failed");
        now++;
        tryTo(this::claim);
        assertThat(told).hasSize(2);
    }

    @Test
    void aStoreThatWorksIsNotSpokenOf() {
        tryTo(this::claim);
        done();

        assertThat(told).isEmpty();
        assertThat(storeFailures.hasFailed()).isFalse();
    }

    private void tryTo(Runnable use) {
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

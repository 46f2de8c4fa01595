package io.triggerquery.producer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.triggerquery.producer.relay.Backlog;
import io.triggerquery.producer.relay.Claimed;
import io.triggerquery.producer.relay.RelayListener;
import io.triggerquery.producer.relay.TriggerStore;
import io.triggerquery.producer.relay.WaitingTrigger;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MicrometerRelayListenerTest {

    private long now;
    private final CountedTable table = new CountedTable();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerRelayListener counts = new MicrometerRelayListener(registry, table, () -> now);

    @Test
    void countsTriggersByDestination() {
        counts.sent("changed", 2);
        counts.sent("changed", 3);
        counts.failed("changed", RelayListener.Reason.REFUSED, 1);

        assertThat(registry.get("triggerquery.producer.sent")
                        .tag("destination", "changed")
                        .counter()
                        .count())
                .isEqualTo(5);
        assertThat(registry.get("triggerquery.producer.failed")
                        .tag("destination", "changed")
                        .tag("reason", "refused")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void looksAtTheTableOnceInFiveSeconds() {
        for (int n = 0; n < 10; n++) {
            assertThat(gauge("pending")).isEqualTo(3);
            assertThat(gauge("oldest.age")).isEqualTo(1.5);
        }
        assertThat(table.looks).isEqualTo(1);

        now += Duration.ofSeconds(5).toNanos();
        gauge("pending");
        assertThat(table.looks).isEqualTo(2);
    }

    @Test
    void isNotANumberWhileTheTableCannotBeRead() {
        table.broken = true;

        assertThat(gauge("pending")).isNaN();
        assertThat(gauge("oldest.age")).isNaN();
        assertThat(table.looks).isEqualTo(1);
    }

    private double gauge(String name) {
        return registry.get("triggerquery.producer." + name).gauge().value();
    }

    private static final class CountedTable implements TriggerStore {

        int looks;
        boolean broken;

        @Override
        public Backlog backlog() {
            looks++;
            if (broken) {
                throw new IllegalStateException("no database");
            }
            return new Backlog(3, Duration.ofMillis(1_500), 1);
        }

        @Override
        public List<Claimed> claim(String destination, int limit, Duration lease) {
            return List.of();
        }

        @Override
        public void done(List<Claimed> sent) {}

        @Override
        public void release(List<Claimed> untried) {}

        @Override
        public void putOff(List<Claimed> failed, Duration pause) {}

        @Override
        public void park(List<Claimed> refused, String reason) {}

        @Override
        public List<WaitingTrigger> list(int limit) {
            return List.of();
        }

        @Override
        public int retry(String destination, @Nullable String id) {
            return 0;
        }

        @Override
        public int unpark(String destination, @Nullable String id) {
            return 0;
        }

        @Override
        public List<String> strays(Set<String> known) {
            return List.of();
        }
    }
}

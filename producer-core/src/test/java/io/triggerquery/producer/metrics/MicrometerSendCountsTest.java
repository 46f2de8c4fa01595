package io.triggerquery.producer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.triggerquery.producer.outbox.Backlog;
import io.triggerquery.producer.outbox.OutboxRow;
import io.triggerquery.producer.outbox.OutboxTable;
import io.triggerquery.producer.outbox.SendCounts;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MicrometerSendCountsTest {

    private long now;
    private final CountedTable table = new CountedTable();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerSendCounts counts = new MicrometerSendCounts(registry, table, () -> now);

    @Test
    void countsTriggersByDestination() {
        counts.sent("changed", 2);
        counts.sent("changed", 3);
        counts.failed("changed", SendCounts.Reason.REFUSED, 1);

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

    private static final class CountedTable implements OutboxTable {

        int looks;
        boolean broken;

        @Override
        public Backlog backlog() {
            looks++;
            if (broken) {
                throw new IllegalStateException("no database");
            }
            return new Backlog(3, Duration.ofMillis(1_500));
        }

        @Override
        public void insert(String destination, String id) {}

        @Override
        public List<OutboxRow> claim(String destination, int limit, Duration lease) {
            return List.of();
        }

        @Override
        public void delete(List<Long> rowIds) {}

        @Override
        public void release(List<Long> rowIds) {}

        @Override
        public void putOff(List<Long> rowIds, Duration pause) {}

        @Override
        public List<String> strays(Set<String> known) {
            return List.of();
        }
    }
}

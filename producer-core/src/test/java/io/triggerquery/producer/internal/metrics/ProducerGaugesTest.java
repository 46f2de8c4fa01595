package io.triggerquery.producer.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.triggerquery.producer.internal.queue.TriggerQueue;
import io.triggerquery.producer.internal.relay.FakeStore;
import io.triggerquery.producer.internal.relay.Relays;
import io.triggerquery.producer.internal.relay.TriggerRelay;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProducerGaugesTest {

    private static final SendOutcome SENT = new SendOutcome.Acknowledged();

    private long now;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TriggerQueue memory = new TriggerQueue(10, () -> now, () -> Instant.EPOCH);
    private final TriggerQueue disk = new TriggerQueue(10, () -> now, () -> Instant.EPOCH);

    @Test
    void eachStrategyHasItsOwnGauges() {
        memory.add(OutgoingTrigger.of("changed", "parked"), Duration.ZERO);
        memory.park(memory.claim("changed", 1, Duration.ofSeconds(1)), "too large");
        memory.add(OutgoingTrigger.of("changed", "a"), Duration.ZERO);
        memory.add(OutgoingTrigger.of("changed", "b"), Duration.ZERO);
        now = Duration.ofMillis(1_500).toNanos();
        gauges(Map.of(
                "memory-queue", Relays.of(memory, SENT, "changed"), "disk-queue", Relays.of(disk, SENT, "changed")));

        assertThat(gauge("pending", "memory-queue")).isEqualTo(2);
        assertThat(gauge("oldest.age", "memory-queue")).isEqualTo(1.5);
        assertThat(gauge("parked", "memory-queue")).isEqualTo(1);
        assertThat(gauge("pending", "disk-queue")).isZero();
        assertThat(gauge("oldest.age", "disk-queue")).isZero();
    }

    @Test
    void readsAStoreOnceInFiveSeconds() {
        gauges(Map.of("memory-queue", Relays.of(memory, SENT, "changed")));
        assertThat(gauge("pending", "memory-queue")).isZero();
        memory.add(OutgoingTrigger.of("changed", "a"), Duration.ZERO);

        now += Duration.ofSeconds(5).toNanos() - 1;
        assertThat(gauge("pending", "memory-queue")).isZero();
        now += 1;
        assertThat(gauge("pending", "memory-queue")).isEqualTo(1);
    }

    @Test
    void gaugesAreNotANumberWhileTheStoreCannotBeRead() {
        FakeStore table = new FakeStore(() -> now);
        table.breakDown();
        gauges(Map.of("outbox", Relays.of(table, SENT, "changed")));

        assertThat(gauge("pending", "outbox")).isNaN();
        assertThat(gauge("oldest.age", "outbox")).isNaN();
        assertThat(gauge("parked", "outbox")).isNaN();
    }

    @Test
    @Timeout(10)
    void showsTheStateOfEachDestination() {
        TriggerRelay relay = Relays.of(memory, new SendOutcome.Unreachable("away"), "away", "available");
        memory.add(OutgoingTrigger.of("away", "a"), Duration.ZERO);
        gauges(Map.of("memory-queue", relay));
        assertThat(state("away")).isZero();

        relay.start();
        // the drain at the stop runs a pass
        relay.stop();

        assertThat(state("available")).isZero();
        assertThat(state("away")).isEqualTo(2);
    }

    @Test
    void showsSizeAndLimitsOfTheSpool() {
        gauges(Map.of()).registerSpool(() -> 4_096, 65_536, 200);

        assertThat(registry.get("triggerquery.producer.spool.bytes").gauge().value())
                .isEqualTo(4_096);
        assertThat(registry.get("triggerquery.producer.spool.max").gauge().value())
                .isEqualTo(65_536);
        assertThat(registry.get("triggerquery.producer.spool.max.entries")
                        .gauge()
                        .value())
                .isEqualTo(200);
    }

    private ProducerGauges gauges(Map<String, TriggerRelay> relays) {
        return new ProducerGauges(registry, relays, () -> now);
    }

    private double gauge(String name, String strategy) {
        return registry.get("triggerquery.producer." + name)
                .tag("strategy", strategy)
                .gauge()
                .value();
    }

    private double state(String destination) {
        return registry.get("triggerquery.producer.destination.state")
                .tag("strategy", "memory-queue")
                .tag("destination", destination)
                .gauge()
                .value();
    }
}

package io.triggerquery.consumer.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.triggerquery.consumer.internal.metrics.ListenerState.PartitionOffsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gauges of a registered listener and of its partitions. */
class ListenerGaugesTest {

    private static final TopicPartition FIRST = new TopicPartition("things", 0);
    private static final TopicPartition SECOND = new TopicPartition("things", 1);
    private static final TopicPartition RETRY = new TopicPartition("things-retry", 0);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<CompletableFuture<List<PartitionOffsets>>> asked = new ArrayList<>();
    private boolean paused;
    private String circuit = "CLOSED";
    private long now;

    private final class State implements ListenerState {

        @Override
        public boolean paused() {
            return paused;
        }

        @Override
        public String circuit() {
            return circuit;
        }

        @Override
        public CompletionStage<List<PartitionOffsets>> partitions() {
            var answer = new CompletableFuture<List<PartitionOffsets>>();
            asked.add(answer);
            return answer;
        }

        @Override
        public boolean works() {
            return true;
        }

        @Override
        public int parallelism() {
            return 1;
        }

        @Override
        public CompletionStage<WorkLeft.@Nullable Sample> sample() {
            return CompletableFuture.completedStage(new WorkLeft.Sample(0, Map.of()));
        }
    }

    private double value(String name) {
        return registry.get("triggerquery." + name)
                .tag("listener", "things")
                .gauge()
                .value();
    }

    private @Nullable Double value(String name, TopicPartition partition) {
        Gauge gauge = registry.find("triggerquery." + name)
                .tags("topic", partition.topic(), "partition", String.valueOf(partition.partition()))
                .gauge();
        return gauge == null ? null : gauge.value();
    }

    /** Reads the gauge that updates the others, and answers its request. */
    private void read(PartitionOffsets... offsets) {
        value("partitions");
        asked.remove(0).complete(List.of(offsets));
    }

    private void registerPartitions() {
        new PartitionGauges(registry, "things", new State(), () -> now);
    }

    @ParameterizedTest
    @CsvSource({"CLOSED,0", "DISABLED,0", "METRICS_ONLY,0", "HALF_OPEN,1", "OPEN,2", "FORCED_OPEN,2"})
    void circuitStateIsANumber(String state, double number) {
        new Meters(registry, () -> null).registered(new ObservedListener("things", "source", "group"), new State());
        circuit = state;
        assertThat(value("circuit.state")).isEqualTo(number);
    }

    @Test
    void operatorPauseIsShown() {
        new Meters(registry, () -> null).registered(new ObservedListener("things", "source", "group"), new State());
        assertThat(value("paused")).isZero();
        paused = true;
        assertThat(value("paused")).isEqualTo(1);
    }

    @Test
    void eachPartitionHasWatermarkAndLag() {
        registerPartitions();
        read(new PartitionOffsets(FIRST, false, 40, 5), new PartitionOffsets(RETRY, true, 7, 1));
        assertThat(value("partitions")).isEqualTo(2);
        assertThat(value("watermark", FIRST)).isEqualTo(40);
        assertThat(value("lag", FIRST)).isEqualTo(5);
        assertThat(value("lag", RETRY)).isEqualTo(1);
        assertThat(registry.get("triggerquery.lag").tag("retry", "true").gauges())
                .hasSize(1);
    }

    @Test
    void gaugesOfPartitionAreUpdated() {
        registerPartitions();
        read(new PartitionOffsets(FIRST, false, 40, 5));
        Gauge before = registry.get("triggerquery.lag").gauge();
        now += Duration.ofSeconds(5).toNanos();
        read(new PartitionOffsets(FIRST, false, 45, 2));
        assertThat(before.value()).isEqualTo(2);
        assertThat(registry.get("triggerquery.lag").gauge()).isSameAs(before);
    }

    /** Otherwise the last values would remain while another instance reports the partition. */
    @Test
    void gaugesOfRevokedPartitionAreRemoved() {
        registerPartitions();
        read(new PartitionOffsets(FIRST, false, 40, 5), new PartitionOffsets(SECOND, false, 3, 0));
        now += Duration.ofSeconds(5).toNanos();
        read(new PartitionOffsets(SECOND, false, 3, 0));
        assertThat(value("lag", FIRST)).isNull();
        assertThat(value("watermark", FIRST)).isNull();
        assertThat(value("lag", SECOND)).isZero();
        now += Duration.ofSeconds(5).toNanos();
        read(new PartitionOffsets(FIRST, false, 60, 1), new PartitionOffsets(SECOND, false, 3, 0));
        assertThat(value("watermark", FIRST)).as("after it was assigned again").isEqualTo(60);
    }

    @Test
    void brokerIsCalledOncePerFiveSecondsAndNeverConcurrently() {
        registerPartitions();
        value("partitions");
        now += Duration.ofMinutes(1).toNanos();
        value("partitions");
        assertThat(asked).as("the first request is open").hasSize(1);
        asked.remove(0).completeExceptionally(new IllegalStateException("as asked"));
        now += Duration.ofSeconds(5).toNanos() - 1;
        value("partitions");
        assertThat(asked).isEmpty();
        now += 1;
        value("partitions");
        assertThat(asked).hasSize(1);
    }
}

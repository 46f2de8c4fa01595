package io.triggerquery.producer.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.internal.relay.RelayListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CountersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerRelayListener counts = new MicrometerRelayListener(registry, Set.of("changed"));
    private final List<Long> versions = new ArrayList<>();
    private Receipt receipt = new Receipt.OnDisk();
    private final CountingPublisher publisher = new CountingPublisher(
            new TriggerPublisher() {
                @Override
                public Receipt tryPublish(String destination, String id) {
                    if (id.equals("failing")) {
                        throw new IllegalStateException("no database");
                    }
                    return receipt;
                }

                @Override
                public Receipt tryPublish(String destination, String id, long version) {
                    versions.add(version);
                    return receipt;
                }
            },
            registry,
            Set.of("changed"));

    @Test
    void countsTriggersByDestination() {
        counts.sent("changed", 2);
        counts.sent("changed", 3);
        counts.sent("other", 1);
        counts.failed("changed", RelayListener.Reason.REFUSED, 1);
        counts.undelivered("changed", 4, "full");

        assertThat(count("sent", "destination", "changed")).isEqualTo(5);
        assertThat(count("failed", "destination", "changed", "reason", "refused"))
                .isEqualTo(1);
        assertThat(count("undelivered", "destination", "changed")).isEqualTo(4);
    }

    @Test
    void countsPublishedTriggersByReceipt() {
        assertThat(publisher.tryPublish("changed", "a")).isSameAs(receipt);
        assertThat(publisher.tryPublish("changed", "a", 7)).isSameAs(receipt);
        receipt = new Receipt.WithRelayService();
        publisher.tryPublish("changed", "a");

        assertThat(versions).containsExactly(7L);
        assertThat(count("published", "destination", "changed", "receipt", "on-disk"))
                .isEqualTo(2);
        assertThat(count("published", "destination", "changed", "receipt", "with-relay-service"))
                .isEqualTo(1);
    }

    @Test
    void exceptionsAreCountedToo() {
        assertThatThrownBy(() -> publisher.tryPublish("changed", "failing")).hasMessage("no database");

        assertThat(count("published", "destination", "changed", "receipt", "thrown"))
                .isEqualTo(1);
    }

    @Test
    void unconfiguredDestinationsShareOneCounter() {
        receipt = new Receipt.Rejected("no topic");
        publisher.tryPublish("x", "a");
        publisher.tryPublish("y", "a");

        assertThat(count("published", "destination", "unknown", "receipt", "rejected"))
                .isEqualTo(2);
        assertThat(registry.find("triggerquery.producer.published")
                        .tag("destination", "x")
                        .counter())
                .isNull();
    }

    /** Prometheus does not see an increase from a missing value to 1. */
    @Test
    void failureCountersExistBeforeTheFirstFailure() {
        assertThat(count("undelivered", "destination", "changed")).isZero();
        for (String destination : List.of("changed", "unknown")) {
            assertThat(count("published", "destination", destination, "receipt", "rejected"))
                    .isZero();
            assertThat(count("published", "destination", destination, "receipt", "thrown"))
                    .isZero();
        }
        assertThat(registry.getMeters()).hasSize(5);
    }

    private double count(String name, String... tags) {
        return registry.get("triggerquery.producer." + name)
                .tags(Tags.of(tags))
                .counter()
                .count();
    }
}

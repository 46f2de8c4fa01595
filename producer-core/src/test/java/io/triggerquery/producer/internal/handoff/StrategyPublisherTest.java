package io.triggerquery.producer.internal.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.triggerquery.producer.LogCapture;
import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrategyPublisherTest {

    private final List<OutgoingTrigger> kept = new ArrayList<>();
    private final StrategyPublisher publisher = new StrategyPublisher(Map.of("changed", trigger -> {
        kept.add(trigger);
        return new Receipt.Stored();
    }));

    @Test
    void passesTriggerToTheStrategyOfItsDestination() {
        assertThat(publisher.tryPublish("changed", "p-1")).isEqualTo(new Receipt.Stored());
        assertThat(publisher.tryPublish("changed", "p-2", 7)).isEqualTo(new Receipt.Stored());

        assertThat(kept)
                .containsExactly(OutgoingTrigger.of("changed", "p-1"), new OutgoingTrigger("changed", "p-2", 7L));
    }

    @Test
    void negativeVersionIsRejected() {
        assertThat(publisher.tryPublish("changed", "p-1", -1))
                .isEqualTo(new Receipt.Rejected("a version must not be negative"));
        assertThat(kept).isEmpty();
    }

    @Test
    void unmappedDestinationIsRejectedAndNamesTheProperty() {
        try (LogCapture log = LogCapture.of(StrategyPublisher.class)) {
            Receipt receipt = publisher.tryPublish("other", "p-1");

            assertThat(receipt)
                    .isInstanceOfSatisfying(
                            Receipt.Rejected.class,
                            rejected -> assertThat(rejected.reason())
                                    .contains("triggerquery.producer.destinations.other.topic"));
            assertThat(log.messages(Level.ERROR)).hasSize(1);
        }
        assertThat(kept).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../admin", "p-1\nERROR forged", "p\u001b[31m", "a?b=c"})
    void hostileIdIsRejectedAndCannotForgeALogLine(String id) {
        try (LogCapture log = LogCapture.of(StrategyPublisher.class)) {
            assertThat(publisher.tryPublish("changed", id)).isInstanceOf(Receipt.Rejected.class);

            assertThat(log.messages(Level.ERROR)).singleElement().asString().matches("[\\x20-\\x7e]+");
        }
        assertThat(kept).isEmpty();
    }

    @Test
    void hostileDestinationCannotForgeALogLine() {
        try (LogCapture log = LogCapture.of(StrategyPublisher.class)) {
            Receipt receipt = publisher.tryPublish("x\ny".repeat(1_000), "p-1");

            assertThat(receipt.toString()).matches("[\\x20-\\x7e]{1,300}");
            assertThat(log.messages(Level.ERROR)).singleElement().asString().matches("[\\x20-\\x7e]{1,400}");
        }
    }
}

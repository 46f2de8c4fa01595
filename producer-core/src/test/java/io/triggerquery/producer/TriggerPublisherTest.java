package io.triggerquery.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class TriggerPublisherTest {

    private final TriggerPublisher accepting = new FakePublisher((destination, id) -> new Receipt.OnDisk());
    private final TriggerPublisher rejecting = new FakePublisher((destination, id) -> new Receipt.Rejected("too many"));

    @Test
    void publishReturnsTheReceipt() {
        assertThat(accepting.publish("changed", "p-1")).isEqualTo(new Receipt.OnDisk());
        assertThat(accepting.publish("changed", "p-1", 7)).isEqualTo(new Receipt.OnDisk());
    }

    @Test
    void publishThrowsARejectionSoThatTheTransactionRollsBack() {
        assertThatExceptionOfType(TriggerRejectedException.class)
                .isThrownBy(() -> rejecting.publish("changed", "p-1"))
                .withMessage("The trigger is rejected: too many");
        assertThatExceptionOfType(TriggerRejectedException.class)
                .isThrownBy(() -> rejecting.publish("changed", "p-1", 7));
    }

    @Test
    void tryPublishReturnsTheRejection() {
        assertThat(rejecting.tryPublish("changed", "p-1")).isEqualTo(new Receipt.Rejected("too many"));
    }

    @Test
    void versionIsPassedToThePublisher() {
        TriggerPublisher echo = new FakePublisher((destination, id) -> new Receipt.Rejected(id));

        assertThat(echo.tryPublish("changed", "p-1", 7)).isEqualTo(new Receipt.Rejected("p-1@7"));
    }
}

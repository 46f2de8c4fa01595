package io.triggerquery.producer.internal.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.producer.NotRegisteredException;
import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.handoff.TriggerBuffer;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationBufferTest {

    private static final Duration MAX_RUN = Duration.ofSeconds(30);

    private final FakeRelayService service = new FakeRelayService();
    private final RelayServiceClient client = new RelayServiceClient(service);
    private final Activations activations = new Activations(client, ActivationListener.NONE);
    private long now;
    private final RegistrationBuffer buffer = new RegistrationBuffer(client, activations, MAX_RUN, () -> now);

    @Test
    void leavesInDoubtTriggersToTheService() throws InterruptedException {
        buffer.prepare(List.of(OutgoingTrigger.of("changed", "p-1"))).ended(false);
        activations.sendAll();

        assertThat(service.registered).hasSize(1);
        assertThat(service.activated).isEmpty();
        assertThat(service.cancelled).isEmpty();
    }

    @Test
    void registersTriggersBeforeCommitAndActivatesThemAfterIt() throws InterruptedException {
        TriggerBuffer.Prepared afterwards = buffer.prepare(
                List.of(new OutgoingTrigger("changed", "p-1", 7L), OutgoingTrigger.of("changed", "p-2")));

        assertThat(service.calls).containsExactly(2);
        assertThat(service.maxRunSeconds).isEqualTo(30);
        assertThat(service.activated).isEmpty();

        afterwards.ended(true);
        activations.sendAll();

        assertThat(service.activated).isEqualTo(service.registered);
        assertThat(service.registered.get(0).version()).isEqualTo(7);
    }

    @Test
    void refusesCommitWhenTheServiceFails() throws InterruptedException {
        service.failures = 1;

        assertThatThrownBy(() -> buffer.prepare(List.of(OutgoingTrigger.of("changed", "p-1"))))
                .isInstanceOf(NotRegisteredException.class)
                .hasMessageEndingWith(
                        "1 triggers could not be registered: the relay service is not available: no relay service");
        // the service may have stored the registration anyway
        activations.sendAll();
        assertThat(service.cancelled).hasSize(1);
        assertThat(service.activated).isEmpty();
    }

    @Test
    void refusesCommitThatCouldBeLaterThanTheFirstSend() throws InterruptedException {
        service.whileCalled = () -> now += Duration.ofSeconds(24).toNanos() + 1;

        assertThatThrownBy(() -> buffer.prepare(List.of(OutgoingTrigger.of("changed", "p-1"))))
                .isInstanceOf(NotRegisteredException.class)
                .hasMessageContaining("24000 ms");
        activations.sendAll();
        assertThat(service.cancelled).hasSize(1);
    }

    @Test
    void slowRegistrationWithinTheLimitIsAccepted() {
        service.whileCalled = () -> now += Duration.ofSeconds(24).toNanos();

        assertThat(buffer.prepare(List.of(OutgoingTrigger.of("changed", "p-1"))))
                .isNotNull();
    }

    @Test
    void triggerWithoutTransactionIsSentToTheService() {
        assertThat(buffer.keep(List.of(OutgoingTrigger.of("changed", "p-1"))))
                .isEqualTo(new Receipt.WithRelayService());

        assertThat(service.accepted).containsExactly("p-1");
        assertThat(service.registered).isEmpty();
    }

    @Test
    void triggerWithoutTransactionIsRejectedWhenTheServiceFails() {
        service.failures = 1;

        assertThat(buffer.keep(List.of(OutgoingTrigger.of("changed", "p-1"))))
                .isEqualTo(new Receipt.Rejected("the relay service is not available: no relay service"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.999S", "PT1.5S", "PT1H0.001S", "PT2H"})
    void invalidMaxRunTimeIsRefused(Duration maxRunTime) {
        assertThatThrownBy(() -> new RegistrationBuffer(client, activations, maxRunTime, () -> now))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 s to 1 h");
    }
}

package io.triggerquery.producer.internal.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RelayServiceClientTest {

    private final FakeRelayService service = new FakeRelayService();
    private final RelayServiceClient client = new RelayServiceClient(service);

    @Test
    void splitsWhatIsTooMuchForOneCall() {
        assertThat(client.accept(triggers(1_001))).isEqualTo(new SendOutcome.Acknowledged());

        assertThat(service.calls).containsExactly(500, 500, 1);
        assertThat(service.accepted).hasSize(1_001).doesNotHaveDuplicates();
    }

    @Test
    void nothingAtAllTakesNoCall() {
        assertThat(client.accept(List.of())).isEqualTo(new SendOutcome.Acknowledged());

        assertThat(service.calls).isEmpty();
    }

    @Test
    void stopsAtTheFirstCallThatFails() {
        service.failures = 1;

        assertThat(client.accept(triggers(1_001))).isInstanceOf(SendOutcome.Unreachable.class);

        assertThat(service.calls).containsExactly(500);
    }

    private static List<OutgoingTrigger> triggers(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> OutgoingTrigger.of("changed", "p-" + n))
                .toList();
    }
}

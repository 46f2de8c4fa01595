package io.triggerquery.producer.internal.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RelayServiceClientTest {

    private final FakeRelayService service = new FakeRelayService();
    private final RelayServiceClient client = new RelayServiceClient(service);

    @Test
    void splitsLargeBatchIntoSeveralCalls() {
        assertThat(client.accept(triggers(1_001))).isEqualTo(new SendOutcome.Acknowledged());

        assertThat(service.calls).containsExactly(500, 500, 1);
        assertThat(service.accepted).hasSize(1_001).doesNotHaveDuplicates();
    }

    @Test
    void emptyBatchMakesNoCall() {
        assertThat(client.accept(List.of())).isEqualTo(new SendOutcome.Acknowledged());

        assertThat(service.calls).isEmpty();
    }

    @Test
    void stopsAtFirstFailedCall() {
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

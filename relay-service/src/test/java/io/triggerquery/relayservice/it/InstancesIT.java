package io.triggerquery.relayservice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.producer.internal.remote.RelayServiceClient;
import io.triggerquery.producer.internal.remote.RelayServiceConnection;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Several instances of the service on one database, with a real broker. */
@ParameterizedClass
@MethodSource("io.triggerquery.relayservice.it.TestDatabase#servers")
class InstancesIT {

    private static final int TRIGGERS = 2_000;

    private final String database;
    private final String topic = Servers.newTopic();

    InstancesIT(TestDatabase kind) {
        this.database = kind.newDatabase();
    }

    @Test
    void twoInstancesSendEachTriggerOnce() throws IOException {
        try (Instance one = instance(7);
                Instance two = instance(11);
                RelayServiceConnection toOne = one.connection("billing");
                RelayServiceConnection toTwo = two.connection("billing")) {
            List<OutgoingTrigger> triggers = IntStream.range(0, TRIGGERS)
                    .mapToObj(n -> OutgoingTrigger.of("changed", "p-" + n))
                    .toList();

            assertThat(new RelayServiceClient(toOne.service()).accept(triggers.subList(0, TRIGGERS / 2)))
                    .isEqualTo(new SendOutcome.Acknowledged());
            assertThat(new RelayServiceClient(toTwo.service()).accept(triggers.subList(TRIGGERS / 2, TRIGGERS)))
                    .isEqualTo(new SendOutcome.Acknowledged());

            assertThat(Servers.read(topic, TRIGGERS))
                    .containsExactlyInAnyOrderElementsOf(
                            triggers.stream().map(OutgoingTrigger::id).toList());
            await().atMost(Duration.ofSeconds(90)).until(() -> Instance.rows(database) == 0);
        }
    }

    private Instance instance(int batchSize) {
        return Instance.sendingToKafka(
                database,
                Instance.FAST_POLL,
                "triggerquery.producer.outbox.batch-size=" + batchSize,
                "spring.kafka.bootstrap-servers=" + Servers.bootstrapServers(),
                "triggerquery.producer.destinations.changed.topic=" + topic);
    }
}

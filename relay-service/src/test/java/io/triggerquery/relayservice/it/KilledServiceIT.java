package io.triggerquery.relayservice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.producer.internal.remote.RelayServiceClient;
import io.triggerquery.producer.internal.remote.RelayServiceConnection;
import io.triggerquery.producer.internal.remote.RelayServiceSettings;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The service is killed between its commit and its answer. */
@ParameterizedClass
@MethodSource("io.triggerquery.relayservice.it.TestDatabase#servers")
class KilledServiceIT {

    private final String database;
    private final List<OutgoingTrigger> handedOver = List.of(OutgoingTrigger.of("changed", "p-1"));

    KilledServiceIT(TestDatabase kind) {
        this.database = kind.newDatabase();
    }

    @Test
    void triggerIsSentAndRepeatedCallIsHarmless() throws Exception {
        CompletableFuture<SendOutcome> answer;
        // without a broker, the service cannot send before it dies
        try (DyingService dying = DyingService.start(
                Instance.arguments(database, Instance.FAST_POLL, "spring.kafka.bootstrap-servers=127.0.0.1:1"))) {
            answer = CompletableFuture.supplyAsync(() -> handOver(dying.port()));
            dying.awaitCommit();
        }
        assertThat(answer.get()).isInstanceOf(SendOutcome.Unreachable.class);
        assertThat(Instance.rows(database)).isEqualTo(1);

        String topic = Servers.newTopic();
        try (Instance next = Instance.sendingToKafka(
                database,
                Instance.FAST_POLL,
                "spring.kafka.bootstrap-servers=" + Servers.bootstrapServers(),
                "triggerquery.producer.destinations.changed.topic=" + topic)) {
            // ends the lease of the dead relay's claim, so that the test does not wait for it
            Instance.older(database, 60);
            assertThat(Servers.read(topic, 1)).containsExactly("p-1");

            assertThat(handOver(next.url().getPort())).isEqualTo(new SendOutcome.Acknowledged());

            assertThat(Servers.read(topic, 2)).containsExactly("p-1", "p-1");
            await().until(() -> Instance.rows(database) == 0);
        }
    }

    private SendOutcome handOver(int port) {
        URI url = URI.create("http://127.0.0.1:" + port);
        try (RelayServiceConnection connection = new RelayServiceConnection(new RelayServiceSettings(
                url, "billing", "billing-secret", Duration.ofSeconds(5), Duration.ofMinutes(2)))) {
            return new RelayServiceClient(connection.service()).accept(handedOver);
        }
    }
}

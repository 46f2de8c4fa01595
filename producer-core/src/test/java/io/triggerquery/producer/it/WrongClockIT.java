package io.triggerquery.producer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.producer.internal.kafka.KafkaTriggerSender;
import io.triggerquery.producer.internal.kafka.SendObserver;
import io.triggerquery.producer.internal.queue.TriggerQueue;
import io.triggerquery.producer.internal.relay.DestinationState;
import io.triggerquery.producer.internal.relay.Dispatch;
import io.triggerquery.producer.internal.relay.RelayListener;
import io.triggerquery.producer.internal.relay.RelaySettings;
import io.triggerquery.producer.internal.relay.RetrySchedule;
import io.triggerquery.producer.internal.relay.TriggerRelay;
import io.triggerquery.producer.internal.sending.Destinations;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service whose clock is wrong, with a broker that accepts timestamps up to one hour in the future. */
class WrongClockIT {

    private static final Duration AHEAD = Duration.ofHours(2);

    private final Servers servers = Servers.running();
    private final String topic = servers.newTopic();
    private volatile InstantSource clock = () -> Instant.now().plus(AHEAD);
    private final KafkaTriggerSender sender = new KafkaTriggerSender(
            Map.of("bootstrap.servers", servers.bootstrapServers()),
            Map.of(),
            new Destinations(Map.of("changed", topic)),
            () -> clock.instant(),
            SendObserver.NONE);
    private final TriggerQueue queue = new TriggerQueue(100, System::nanoTime, InstantSource.system());
    private final TriggerRelay relay = relay();

    @AfterEach
    void close() {
        relay.stop();
        sender.close();
    }

    @Test
    void singleTriggerWaitsUntilTheClockIsRight() {
        assertSentOnceTheClockIsRight(List.of("p-1"));
    }

    @Test
    void triggersOfOneTransactionWaitUntilTheClockIsRight() {
        assertSentOnceTheClockIsRight(
                IntStream.range(0, 20).mapToObj(n -> "p-" + n).toList());
    }

    @Test
    void validTriggersAreSentDespiteAnInvalidOneInTheRequest() {
        // only the last of the twenty timestamps is in the future
        int[] sent = {0};
        clock = () -> ++sent[0] == 20 ? Instant.now().plus(AHEAD) : Instant.now();
        IntStream.range(0, 20).forEach(n -> queue.add(OutgoingTrigger.of("changed", "p-" + n), Duration.ZERO));

        relay.start();

        assertThat(servers.read(topic, 20)).hasSize(20);
        await().until(() -> queue.backlog().pending() == 0);
        assertThat(relay.destinationStates()).containsEntry("changed", DestinationState.OPEN);
    }

    @Test
    void brokerReportsDifferentErrorsForBatchAndSingleRecord() {
        List<SendOutcome> together =
                Stream.of("p-1", "p-2", "p-3")
                        .map(id -> sender.send(OutgoingTrigger.of("changed", id)))
                        .toList()
                        .stream()
                        .map(answer -> answer.join())
                        .toList();
        SendOutcome alone = sender.sendAlone(OutgoingTrigger.of("changed", "p-1"), Duration.ofSeconds(5))
                .orElseThrow()
                .join();

        // if this changes, sending alone is not needed any more
        assertThat(together).allMatch(outcome -> outcome.toString().contains("InvalidRecordException"));
        assertThat(alone).asString().contains("InvalidTimestampException");
    }

    private void assertSentOnceTheClockIsRight(List<String> ids) {
        ids.forEach(id -> queue.add(OutgoingTrigger.of("changed", id), Duration.ZERO));
        relay.start();
        await().until(() -> relay.destinationStates().get("changed") == DestinationState.AWAY);
        assertThat(queue.backlog().parked()).isZero();

        clock = InstantSource.system();

        assertThat(servers.read(topic, ids.size())).containsExactlyInAnyOrderElementsOf(ids);
        await().until(() -> queue.backlog().pending() == 0);
    }

    private TriggerRelay relay() {
        Duration lease = Duration.ofSeconds(30);
        RetrySchedule schedule = new RetrySchedule(List.of(), Duration.ofMillis(500), 0, () -> 0);
        RelaySettings settings = new RelaySettings(Duration.ofMillis(50), 500, lease, schedule, 1_000, Duration.ZERO);
        return new TriggerRelay(
                "relay", queue, new Dispatch(sender, lease), Set.of("changed"), settings, RelayListener.NONE);
    }
}

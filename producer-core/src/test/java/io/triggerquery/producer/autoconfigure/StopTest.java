package io.triggerquery.producer.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.internal.relay.DestinationState;
import io.triggerquery.producer.internal.relay.TriggerRelays;
import io.triggerquery.producer.internal.report.UndeliveredListener;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.TriggerSender;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** A stop of several strategies that all have waiting triggers. */
@Timeout(60)
class StopTest {

    private static final SendOutcome AWAY = new SendOutcome.Unreachable("no broker");

    private final Queue<String> undelivered = new ConcurrentLinkedQueue<>();
    private final CountDownLatch bothSend = new CountDownLatch(2);
    private volatile boolean stopping;
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(KafkaAutoConfiguration.class, TriggerProducerAutoConfiguration.class))
            .withBean(TriggerSender.class, () -> this::send)
            .withBean(
                    UndeliveredListener.class,
                    () -> (destination, triggers, reason) -> undelivered.add(destination + " " + triggers))
            .withPropertyValues(
                    "triggerquery.producer.strategy=memory-queue",
                    "triggerquery.producer.destinations.payment.topic=payments",
                    "triggerquery.producer.destinations.report.topic=reports",
                    "triggerquery.producer.destinations.report.strategy=retry",
                    "triggerquery.producer.schedule.pauses=1h",
                    "triggerquery.producer.memory-queue.retry-pauses=1h");

    @Test
    void strategiesAreStoppedAtTheSameTime() {
        runner.run(context -> {
            ProducerStrategies strategies = publishToBoth(context.getBean(TriggerPublisher.class), context);
            stopping = true;

            strategies.stop();

            // each send is answered only after the other strategy has sent too
            assertThat(undelivered).isEmpty();
        });
    }

    @Test
    void unsentTriggersAreReported() {
        runner.run(context -> {
            ProducerStrategies strategies = publishToBoth(context.getBean(TriggerPublisher.class), context);

            strategies.stop();

            assertThat(undelivered).containsExactlyInAnyOrder("payment 2", "report 2");
        });
    }

    @Test
    void stopTakesLessThanTwentySecondsWithTheDefaults() {
        runner.run(context -> assertThat(
                        context.getBean(TriggerRelays.class).byStrategy().values())
                .hasSize(2)
                .allSatisfy(relay -> assertThat(relay.longestStop()).isLessThan(Duration.ofSeconds(20))));
    }

    private static ProducerStrategies publishToBoth(TriggerPublisher publisher, ApplicationContext context) {
        for (String id : List.of("p-1", "p-2")) {
            publisher.tryPublish("payment", id);
            publisher.tryPublish("report", id);
        }
        ProducerStrategies strategies = context.getBean(ProducerStrategies.class);
        await().until(() -> strategies
                                .relays()
                                .byStrategy()
                                .get("memory-queue")
                                .destinationStates()
                                .get("payment")
                        == DestinationState.AWAY
                && strategies
                                .relays()
                                .byStrategy()
                                .get("retry")
                                .destinationStates()
                                .get("report")
                        == DestinationState.AWAY);
        return strategies;
    }

    private CompletableFuture<SendOutcome> send(OutgoingTrigger trigger) {
        if (!stopping) {
            return CompletableFuture.completedFuture(AWAY);
        }
        bothSend.countDown();
        return CompletableFuture.supplyAsync(() -> {
            try {
                bothSend.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new SendOutcome.Acknowledged();
        });
    }
}

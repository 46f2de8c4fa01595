package io.triggerquery.producer.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.internal.sending.Destinations;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

class KafkaTriggerSenderTest {

    private static final Instant NOW = Instant.parse("2026-07-01T10:00:00Z");

    private boolean answersAtOnce;
    private final List<Map<String, Object>> configs = new ArrayList<>();
    private final List<MockProducer<String, String>> producers = new ArrayList<>();
    private final KafkaTriggerSender sender = new KafkaTriggerSender(
            Map.of("client.id", "triggers"),
            MockProducers::new,
            new Destinations(Map.of("changed", "topic")),
            InstantSource.fixed(NOW),
            SendObserver.NONE);

    static List<RuntimeException> temporary() {
        return List.of(
                new TimeoutException("Topic topic not present in metadata after 1000 ms."), new KafkaException());
    }

    static List<RuntimeException> accessFailures() {
        return List.of(
                new TopicAuthorizationException("topic"),
                new ClusterAuthorizationException("denied"),
                new InvalidTopicException("bad"),
                new SaslAuthenticationException("denied"));
    }

    static List<RuntimeException> recordFailures() {
        return List.of(
                new RecordTooLargeException("too large"),
                new InvalidRecordException("bad"),
                new SerializationException("bad"));
    }

    @Test
    void sendsIdAsKeyAndValue() {
        CompletableFuture<SendOutcome> answer = sender.send(OutgoingTrigger.of("changed", "p-1"));
        assertThat(answer).isNotDone();

        producers.get(0).completeNext();

        assertThat(answer).isCompletedWithValue(new SendOutcome.Acknowledged("partition 0"));
        assertThat(producers.get(0).history()).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("topic");
            assertThat(record.key()).isEqualTo("p-1");
            assertThat(record.value()).isEqualTo("p-1");
            assertThat(record.headers()).isEmpty();
        });
    }

    @Test
    void versionIsSentInAHeader() {
        sender.send(new OutgoingTrigger("changed", "p-1", 42L));

        assertThat(producers.get(0).history().get(0).headers()).singleElement().satisfies(header -> {
            assertThat(header.key()).isEqualTo("triggerquery-version");
            assertThat(header.value()).asString().isEqualTo("42");
        });
    }

    @ParameterizedTest
    @MethodSource("temporary")
    void temporaryFailureIsUnreachable(RuntimeException failure) {
        assertBothWays(failure, SendOutcome.Unreachable.class);
    }

    @ParameterizedTest
    @MethodSource("accessFailures")
    void deniedAccessIsBlocked(RuntimeException failure) {
        assertBothWays(failure, SendOutcome.Blocked.class);
    }

    @ParameterizedTest
    @MethodSource("recordFailures")
    void failureOfTheRecordIsRefused(RuntimeException failure) {
        assertBothWays(failure, SendOutcome.Refused.class);
    }

    @Test
    void singleSendUsesAProducerWithoutBatches() {
        answersAtOnce = true;

        CompletableFuture<SendOutcome> answer = sender.sendAlone(OutgoingTrigger.of("changed", "p-1"), Duration.ZERO)
                .orElseThrow();

        assertThat(answer).isCompletedWithValue(new SendOutcome.Acknowledged("partition 0"));
        assertThat(configs.get(0)).containsEntry("batch.size", 0).containsEntry("client.id", "triggers-single-1");
    }

    @Test
    void singleSendIsSkippedWhileAnotherIsInProgress() {
        answersAtOnce = true;
        List<Optional<CompletableFuture<SendOutcome>>> others = new ArrayList<>();
        AtomicReference<KafkaTriggerSender> busy = new AtomicReference<>();
        // called for the timestamp of the record, while that record is being sent
        InstantSource clock = () -> {
            others.add(CompletableFuture.supplyAsync(
                            () -> busy.get().sendAlone(OutgoingTrigger.of("changed", "other"), Duration.ZERO))
                    .join());
            return NOW;
        };
        busy.set(new KafkaTriggerSender(
                Map.of(), MockProducers::new, new Destinations(Map.of("changed", "topic")), clock, SendObserver.NONE));

        assertThat(busy.get().sendAlone(OutgoingTrigger.of("changed", "p-1"), Duration.ZERO))
                .isPresent();

        assertThat(others).containsExactly(Optional.empty());
        assertThat(producers).hasSize(1);
    }

    @Test
    void recordHasNoHeaderUnlessVersionedOrObserved() {
        answersAtOnce = true;
        sender.send(OutgoingTrigger.of("changed", "p-1"));
        assertThat(producers.get(0).history().get(0).headers()).isEmpty();

        List<String> observed = new ArrayList<>();
        var traced = new KafkaTriggerSender(
                Map.of(),
                MockProducers::new,
                new Destinations(Map.of("changed", "topic")),
                InstantSource.fixed(NOW),
                (destination, record) -> {
                    record.headers().add("traceparent", new byte[] {1});
                    return outcome -> observed.add(destination + " " + record.key() + " " + outcome);
                });
        traced.send(OutgoingTrigger.of("changed", "p-2"));
        assertThat(producers.get(1).history().get(0).headers().lastHeader("traceparent"))
                .isNotNull();
        assertThat(observed).singleElement().asString().startsWith("changed p-2 Acknowledged");
    }

    @Test
    void recordHasTheTimeOfItsSend() {
        sender.send(OutgoingTrigger.of("changed", "p-1"));

        assertThat(producers.get(0).history().get(0).timestamp()).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void destinationWithoutTopicIsBlocked() {
        assertThat(sender.send(OutgoingTrigger.of("gone", "p-1")).join())
                .isEqualTo(new SendOutcome.Blocked("no topic: set triggerquery.producer.destinations.gone.topic"));
    }

    @Test
    void possiblyBrokenProducerIsReplaced() {
        fail(new ClusterAuthorizationException("denied"));

        CompletableFuture<SendOutcome> answer = sender.send(OutgoingTrigger.of("changed", "p-2"));

        assertThat(producers).hasSize(2);
        assertThat(producers.get(0).closed()).isTrue();
        producers.get(1).completeNext();
        assertThat(answer).isCompletedWithValue(new SendOutcome.Acknowledged("partition 0"));
    }

    @Test
    void producerIsKeptDuringAnOutage() {
        fail(new TimeoutException("away"));

        CompletableFuture<SendOutcome> answer = sender.send(OutgoingTrigger.of("changed", "p-2"));

        assertThat(producers).hasSize(1);
        assertThat(answer).isNotDone();
    }

    @ParameterizedTest
    @MethodSource("invalidRecordFailures")
    void invalidRecordDoesNotReplaceTheProducer(RuntimeException failure) {
        fail(failure);

        CompletableFuture<SendOutcome> answer = sender.send(OutgoingTrigger.of("changed", "p-2"));

        assertThat(producers).hasSize(1);
        producers.get(0).completeNext();
        assertThat(answer).isCompletedWithValue(new SendOutcome.Acknowledged("partition 0"));
    }

    static List<RuntimeException> invalidRecordFailures() {
        return List.of(
                new InvalidRecordException("bad"),
                new KafkaException("Failed to append record because it was part of a batch which had one more more"
                        + " invalid records"));
    }

    @Test
    void lateFailureOfReplacedProducerDoesNotReplaceItsSuccessor() {
        CompletableFuture<SendOutcome> first = sender.send(OutgoingTrigger.of("changed", "p-1"));
        CompletableFuture<SendOutcome> late = sender.send(OutgoingTrigger.of("changed", "p-2"));
        producers.get(0).errorNext(new ClusterAuthorizationException("denied"));
        CompletableFuture<SendOutcome> sentBySuccessor = sender.send(OutgoingTrigger.of("changed", "p-3"));
        producers.get(0).errorNext(new ClusterAuthorizationException("denied"));
        assertThat(List.of(first, late)).allMatch(CompletableFuture::isDone);

        CompletableFuture<SendOutcome> next = sender.send(OutgoingTrigger.of("changed", "p-4"));

        assertThat(producers).hasSize(2);
        producers.get(1).completeNext();
        producers.get(1).completeNext();
        assertThat(List.of(sentBySuccessor, next))
                .allSatisfy(
                        answer -> assertThat(answer).isCompletedWithValue(new SendOutcome.Acknowledged("partition 0")));
    }

    private void assertBothWays(RuntimeException failure, Class<? extends SendOutcome> outcome) {
        assertThat(fail(failure)).isInstanceOf(outcome);

        CompletableFuture<SendOutcome> ignored = sender.send(OutgoingTrigger.of("changed", "opens a producer"));
        MockProducer<String, String> current = producers.get(producers.size() - 1);
        current.completeNext();
        assertThat(ignored).isCompleted();
        current.sendException = failure;
        assertThat(sender.send(OutgoingTrigger.of("changed", "thrown")).join()).isInstanceOf(outcome);
    }

    private SendOutcome fail(RuntimeException failure) {
        CompletableFuture<SendOutcome> answer = sender.send(OutgoingTrigger.of("changed", "fails later"));
        producers.get(producers.size() - 1).errorNext(failure);
        return answer.join();
    }

    private final class MockProducers extends DefaultKafkaProducerFactory<String, String> {

        MockProducers(Map<String, Object> config) {
            super(config);
        }

        @Override
        protected Producer<String, String> createRawProducer(Map<String, Object> config) {
            MockProducer<String, String> producer = new MockProducer<>(
                    answersAtOnce, new RoundRobinPartitioner(), new StringSerializer(), new StringSerializer());
            producers.add(producer);
            configs.add(config);
            return producer;
        }
    }
}

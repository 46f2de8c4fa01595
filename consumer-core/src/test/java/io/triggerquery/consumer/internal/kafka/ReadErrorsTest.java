package io.triggerquery.consumer.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupMaxSizeReachedException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.event.ConsumerRetryAuthEvent;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.ListenerExecutionFailedException;

class ReadErrorsTest {

    private static final TopicPartition P0 = new TopicPartition("things", 0);
    private static final TopicPartition P1 = new TopicPartition("things", 1);

    private final RecordedReading reading = new RecordedReading();
    private final List<Long> rests = new ArrayList<>();
    private final ReadErrors errors = new ReadErrors(
            new ReadFailures(Duration.ofMinutes(1), reading, () -> 0),
            (container, rest) -> rests.add(rest.toSeconds()));
    private final KafkaMessageListenerContainer<byte[], byte[]> container = new KafkaMessageListenerContainer<>(
            new DefaultKafkaConsumerFactory<>(Map.of()), new ContainerProperties("things"));

    private static Stream<Exception> whatAPollThrows() {
        return Stream.of(
                new InconsistentGroupProtocolException("no"),
                new UnsupportedVersionException("no"),
                new InvalidGroupIdException("no"),
                new GroupMaxSizeReachedException("no"),
                new RecordTooLargeException("no"),
                new SerializationException("no"),
                new OffsetOutOfRangeException("no", Map.of(P0, 7L)),
                new KafkaException("Received exception when fetching the next record from things-0"),
                new IllegalStateException("no"));
    }

    @ParameterizedTest
    @MethodSource("whatAPollThrows")
    void pollFailureIsOneLineAndGrowingPause(Exception failure) {
        try (var consumer = new MockConsumer<byte[], byte[]>("earliest")) {
            for (int i = 0; i < 3; i++) {
                errors.handleOtherException(failure, consumer, container, false);
            }
        }
        assertThat(rests).containsExactly(1L, 2L, 4L);
        assertThat(reading.events).hasSize(3).allMatch(line -> line.contains("the poll failed: " + failure));
    }

    @Test
    void recordsRejectedByInterceptorAreReadAgain() {
        try (var consumer = new MockConsumer<byte[], byte[]>("earliest")) {
            consumer.assign(List.of(P0, P1));
            consumer.seek(P0, 10);
            consumer.seek(P1, 10);
            var failure = new ListenerExecutionFailedException("Listener failed", new IllegalStateException("mine"));
            errors.handleRemaining(
                    failure, List.of(message(P0, 5), message(P0, 6), message(P1, 8)), consumer, container);
            assertThat(consumer.position(P0)).isEqualTo(5);
            assertThat(consumer.position(P1)).isEqualTo(8);
        }
        assertThat(rests).containsExactly(1L);
        assertThat(reading.events)
                .containsExactly("failed, rest 1000: things-0@5 could not be handed over, an interceptor has failed:"
                        + " java.lang.IllegalStateException: mine");
        assertThat(errors.isAckAfterHandle()).isFalse();
    }

    @Test
    void authorizationFailurePausesAndEventReachesApplication() {
        List<Object> seen = new ArrayList<>();
        container.setApplicationEventPublisher(seen::add);
        errors.watchAuthentication(container);
        var event = new ConsumerRetryAuthEvent(container, container, ConsumerRetryAuthEvent.Reason.AUTHORIZATION);
        container.getApplicationEventPublisher().publishEvent(event);
        container.getApplicationEventPublisher().publishEvent(event);
        assertThat(rests).containsExactly(1L, 2L);
        assertThat(reading.events).first().asString().contains("Kafka refuses this client: AUTHORIZATION has failed");
        assertThat(seen).containsExactly(event, event);
    }

    private static ConsumerRecord<?, ?> message(TopicPartition partition, long offset) {
        return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, null);
    }
}

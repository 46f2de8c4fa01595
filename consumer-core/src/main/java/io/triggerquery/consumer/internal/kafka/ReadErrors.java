package io.triggerquery.consumer.internal.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.kafka.event.ConsumerRetryAuthEvent;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Handles exceptions of the poll and of the application's interceptors: reports them to {@link ReadFailures} and
 * pauses the consumer. No record is ever skipped: by default some exceptions count as fatal, and their record is
 * acknowledged, with all that is open below it.
 *
 * <p>Threads: consumer threads, which it holds for the rest, unless the container stops.
 */
final class ReadErrors implements CommonErrorHandler {

    private final ReadFailures failures;
    private final BiConsumer<MessageListenerContainer, Duration> rest;

    ReadErrors(ReadFailures failures) {
        this(failures, ReadErrors::rest);
    }

    ReadErrors(ReadFailures failures, BiConsumer<MessageListenerContainer, Duration> rest) {
        this.failures = failures;
        this.rest = rest;
    }

    /** So that the container hands over all records of the poll that have not been handed over. */
    @Override
    public boolean seeksAfterHandling() {
        return true;
    }

    @Override
    public boolean isAckAfterHandle() {
        return false;
    }

    @Override
    public void handleOtherException(
            Exception failure, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
        rest.accept(container, failures.failed("the poll failed", failure));
    }

    @Override
    public void handleRemaining(
            Exception failure,
            List<ConsumerRecord<?, ?>> records,
            Consumer<?, ?> consumer,
            MessageListenerContainer container) {
        Map<TopicPartition, Long> notHandedOver = new HashMap<>();
        records.forEach(message -> notHandedOver.putIfAbsent(partition(message), message.offset()));
        notHandedOver.forEach(consumer::seek);
        ConsumerRecord<?, ?> first = records.get(0);
        String what = partition(first) + "@" + first.offset() + " could not be handed over, an interceptor has failed";
        rest.accept(container, failures.failed(what, failure));
    }

    /** Sees each failed authentication and authorization, which the container keeps from its error handler. */
    void watchAuthentication(AbstractMessageListenerContainer<?, ?> container) {
        ApplicationEventPublisher publisher = container.getApplicationEventPublisher();
        container.setApplicationEventPublisher(new ApplicationEventPublisher() {
            @Override
            public void publishEvent(Object event) {
                if (publisher != null) {
                    publisher.publishEvent(event);
                }
            }

            @Override
            public void publishEvent(ApplicationEvent event) {
                publishEvent((Object) event);
                if (event instanceof ConsumerRetryAuthEvent refused) {
                    String what = "Kafka refuses this client: " + refused.getReason() + " has failed";
                    rest.accept(container, failures.failed(what, null));
                }
            }
        });
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> message) {
        return new TopicPartition(message.topic(), message.partition());
    }

    private static void rest(MessageListenerContainer container, Duration rest) {
        try {
            ListenerUtils.stoppableSleep(container, rest.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

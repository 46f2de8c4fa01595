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
 * Handles exceptions of the poll and of the application's interceptors: reports them to {@link ReadFailures} and pauses
 * the consumer. No record is skipped, unlike with spring-kafka's default, which acknowledges the record of a fatal
 * exception, with all open ones before it.
 *
 * <p>Threads: consumer threads, which it blocks for the pause, or until the container stops.
 */
final class ReadErrors implements CommonErrorHandler {

    private final ReadFailures failures;
    private final BiConsumer<MessageListenerContainer, Duration> pause;

    ReadErrors(ReadFailures failures) {
        this(failures, ReadErrors::pause);
    }

    ReadErrors(ReadFailures failures, BiConsumer<MessageListenerContainer, Duration> pause) {
        this.failures = failures;
        this.pause = pause;
    }

    /** Returns true, so that the container passes all remaining records of the poll to this handler. */
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
        pause.accept(container, failures.failed("the poll failed", failure));
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
        pause.accept(container, failures.failed(what, failure));
    }

    /** Reports failed authentications and authorizations, which the container does not pass to its error handler. */
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
                    pause.accept(container, failures.failed(what, null));
                }
            }
        });
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> message) {
        return new TopicPartition(message.topic(), message.partition());
    }

    private static void pause(MessageListenerContainer container, Duration pause) {
        try {
            ListenerUtils.stoppableSleep(container, pause.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

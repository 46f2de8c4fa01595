package io.triggerquery.consumer.internal.metrics;

import io.micrometer.common.KeyValues;
import io.triggerquery.consumer.Trigger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * OpenTelemetry's attributes of a span that processes messages, by its semantic conventions for Kafka. Micrometer
 * passes numbers as texts.
 *
 * @param topic the topic of all triggers, or null if they are from several
 * @param count the number of ids
 */
record MessagingAttributes(String group, @Nullable String topic, int count) {

    private static final String OPERATION = "process";

    static MessagingAttributes of(ObservedListener listener, List<Trigger> triggers) {
        String topic = triggers.get(0).topic();
        boolean isCommon = triggers.stream().allMatch(trigger -> trigger.topic().equals(topic));
        return new MessagingAttributes(listener.group(), isCommon ? topic : null, triggers.size());
    }

    /** Returns the name of the span. */
    String spanName() {
        return topic == null ? OPERATION : OPERATION + " " + topic;
    }

    KeyValues keyValues() {
        KeyValues values = KeyValues.of(
                "messaging.system", "kafka",
                "messaging.operation.name", OPERATION,
                "messaging.operation.type", OPERATION,
                "messaging.consumer.group.name", group);
        if (topic != null) {
            values = values.and("messaging.destination.name", topic);
        }
        return count == 1 ? values : values.and("messaging.batch.message_count", String.valueOf(count));
    }
}

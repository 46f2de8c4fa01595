package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.internal.kafka.Subscription;
import io.triggerquery.consumer.internal.query.SourceDefinition;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.ResolvableType;

/**
 * The annotation and the method of a listener, with placeholders resolved and values validated.
 *
 * @param id the id of the listener
 * @param subscription the topics and the group that it reads
 * @param source the source
 * @param projection the annotated method
 * @param concurrency the maximum number of concurrent rounds, or null for the general setting
 * @param containerFactory the bean name of the container factory
 */
public record ListenerDefinition(
        String id,
        Subscription subscription,
        SourceDefinition source,
        Projection<Object> projection,
        @Nullable Integer concurrency,
        String containerFactory) {

    private static final int MAX_CONCURRENCY = 10_000;

    /** Returns the topic of its triggers. */
    public String topic() {
        return subscription.topic();
    }

    /** Returns topic and group, for messages. Two listeners with the same ones would share the topic's partitions. */
    String topicAndGroup() {
        String groupId = subscription.groupId();
        return "the topic '" + topic() + "' and "
                + (groupId == null ? "the group of " + containerFactory : "the group '" + groupId + "'");
    }

    static ListenerDefinition of(
            AnnotatedMethod annotated, UnaryOperator<String> placeholders, ListenerSources sources) {
        TriggerQueryListener annotation = annotated.annotation();
        String topic = placeholders.apply(annotation.topic());
        if (topic.isBlank()) {
            throw new FailureAnalyzedException(
                    "The trigger listener " + annotated.name() + " has no topic.",
                    "Name it: @TriggerQueryListener(topic = \"billing.billing-changed\", ...)");
        }
        String id = placeholders.apply(annotation.id());
        String groupId = placeholders.apply(annotation.groupId());
        String retryTopic = placeholders.apply(annotation.retryTopic());
        SourceDefinition source = sources.of(annotated, placeholders.apply(annotation.query()));
        return new ListenerDefinition(
                id.isBlank() ? topic : id,
                new Subscription(topic, emptyToNull(groupId), emptyToNull(retryTopic)),
                source,
                ListenerMethod.of(annotated, ResolvableType.forType(source.stateType()), source.reportsAbsence()),
                concurrency(annotated.name(), placeholders.apply(annotation.concurrency())),
                annotation.containerFactory());
    }

    private static @Nullable Integer concurrency(String listener, String text) {
        if (text.isBlank()) {
            return null;
        }
        try {
            int concurrency = Integer.parseInt(text.strip());
            if (concurrency >= 1 && concurrency <= MAX_CONCURRENCY) {
                return concurrency;
            }
        } catch (NumberFormatException noNumber) {
            // reported below
        }
        throw new FailureAnalyzedException(
                "The trigger listener " + listener + " has the concurrency '" + text + "'.",
                "Set concurrency of @TriggerQueryListener to a number from 1 to " + MAX_CONCURRENCY
                        + ", or leave it out for that of triggerquery.concurrency.");
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isBlank() ? null : text;
    }
}

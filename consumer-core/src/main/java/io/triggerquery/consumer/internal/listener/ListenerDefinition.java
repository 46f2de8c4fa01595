package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.internal.id.IdRule;
import io.triggerquery.consumer.internal.kafka.Subscription;
import io.triggerquery.consumer.internal.query.SourceDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * The annotation, the method and the settings of a listener, resolved and validated.
 *
 * @param id the id of the listener
 * @param subscription the topics and the group that it reads
 * @param format the place of the ids in its records
 * @param source the source
 * @param projection the annotated method, or the table of the annotated record
 * @param settings its settings, of which the annotation overrides some
 * @param names the class and method, and the bean name of the container factory
 */
public record ListenerDefinition(
        String id,
        Subscription subscription,
        RecordFormat format,
        SourceDefinition source,
        Projection<Object> projection,
        ListenerSettings settings,
        Names names) {

    private static final int MAX_PARALLELISM = 10_000;
    private static final String DEFAULT_FACTORY = "kafkaListenerContainerFactory";

    /**
     * The names of the parts of a listener.
     *
     * @param method the class and the method, for messages
     * @param containerFactory the bean name of the container factory
     */
    public record Names(String method, String containerFactory) {}

    /** Returns the topics of its triggers. */
    public List<String> topics() {
        return subscription.topics();
    }

    /** Returns the versions in its projection, or null if only the application knows them. */
    @Nullable
    ProjectedVersions projectedVersions() {
        return projection instanceof ListedProjection listed ? listed.idsOf(id) : null;
    }

    /** Returns the rule for its ids. */
    public IdRule idRule() {
        return new IdRule(format.unicodeIds(), source.conversions());
    }

    /**
     * Returns a topic and the group, for messages. Two listeners with the same ones would share the topic's partitions.
     */
    String topicAndGroup(String topic) {
        String groupId = subscription.groupId();
        return "the topic '" + topic + "' and "
                + (groupId == null ? "the group of " + names.containerFactory() : "the group '" + groupId + "'");
    }

    /**
     * Creates the definition of a listener.
     *
     * @param beans resolves placeholders and expressions
     * @param settings the settings by the id of a listener
     * @param sources finds the source
     * @throws FailureAnalyzedException if the annotation, the method or a setting is not valid
     */
    static ListenerDefinition of(
            AnnotatedListener annotated,
            ConfigurableBeanFactory beans,
            ConsumerSettings.Listeners settings,
            ListenerSources sources) {
        TriggerQueryListener annotation = annotated.annotation();
        var attributes = new Attributes(beans, annotated);
        var consumer = new ConsumerAttributes(annotated);
        List<String> topics = consumer.topics(attributes.texts("topics", annotation.topics()));
        String id = id(attributes.text("id", annotation.id(), null), topics, annotated);
        SourceDefinition source = sources.of(annotated, attributes.text("query", annotation.query()));
        ListenerSettings ofId = settings.of(id);
        return new ListenerDefinition(
                id,
                new Subscription(
                        topics,
                        attributes.text("groupId", annotation.groupId(), null),
                        attributes.text("retryTopic", annotation.retryTopic(), null),
                        consumer.properties(attributes.texts("properties", annotation.properties())),
                        attributes.text("clientIdPrefix", annotation.clientIdPrefix(), null)),
                RecordFormat.of(annotated.name(), annotation, attributes, ofId.records()),
                source,
                annotated.projection(source),
                overridden(ofId, annotation, attributes),
                new Names(annotated.name(), containerFactory(annotation, attributes)));
    }

    private static String containerFactory(TriggerQueryListener annotation, Attributes attributes) {
        String name = attributes.text("containerFactory", annotation.containerFactory(), null);
        return name == null ? DEFAULT_FACTORY : name;
    }

    private static String id(@Nullable String given, List<String> topics, AnnotatedListener annotated) {
        if (given != null) {
            return given;
        }
        if (topics.size() > 1) {
            throw new FailureAnalyzedException(
                    "The trigger listener " + annotated.name() + " has several topics and no id.",
                    "Give it one, which names it in settings, meters and logs: @TriggerQueryListener(id = \"billing\","
                            + " topics = {...}, ...)");
        }
        return topics.get(0);
    }

    /** Returns the settings with those that the annotation overrides. */
    private static ListenerSettings overridden(
            ListenerSettings settings, TriggerQueryListener annotation, Attributes attributes) {
        int parallelism = attributes.number(
                "parallelism",
                annotation.parallelism(),
                MAX_PARALLELISM,
                settings.engine().limits().concurrency());
        Boolean autoStartup = attributes.flag(
                "autoStartup", annotation.autoStartup(), settings.container().autoStartup());
        ListenerSettings changed = settings.withParallelism(parallelism);
        return autoStartup == null ? changed : changed.withAutoStartup(autoStartup);
    }
}

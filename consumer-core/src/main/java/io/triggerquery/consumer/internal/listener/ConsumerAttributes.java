package io.triggerquery.consumer.internal.listener;

import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** Reads the attributes that concern the topics and the consumer. */
final class ConsumerAttributes {

    private static final String TOPIC_NAME = "[a-zA-Z0-9._-]{1,249}";

    /** What the listener sets itself, and where that can be set. */
    private static final Map<String, String> OWN_PROPERTIES = Map.of(
            ConsumerConfig.GROUP_ID_CONFIG, "Set groupId of @TriggerQueryListener instead.",
            ConsumerConfig.CLIENT_ID_CONFIG, "Set clientIdPrefix of @TriggerQueryListener instead.",
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, "Remove it; the listener always reads records as bytes.",
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, "Remove it; the listener always reads records as bytes.",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "Remove it; the listener commits offsets itself.",
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                    "Remove it, and set missing-topics in triggerquery.defaults or triggerquery.listeners.ID.");

    private final AnnotatedListener listener;

    ConsumerAttributes(AnnotatedListener listener) {
        this.listener = listener;
    }

    /**
     * Checks the names of the topics.
     *
     * @throws FailureAnalyzedException if there is none, if one is no name, or if one occurs twice
     */
    List<String> topics(List<String> names) {
        if (names.isEmpty() || names.stream().allMatch(String::isEmpty)) {
            throw new FailureAnalyzedException(
                    "The trigger listener " + listener.name() + " has no topic.",
                    "Name it: @TriggerQueryListener(topics = \"billing.billing-changed\", ...)");
        }
        for (String name : names) {
            if (!name.matches(TOPIC_NAME) || name.equals(".") || name.equals("..")) {
                throw new FailureAnalyzedException(
                        "The trigger listener " + listener.name() + " has the topic '" + name
                                + "', which is not a valid topic name.",
                        "A name has 1 to 249 characters out of ASCII letters, digits and . _ - . Patterns are not"
                                + " supported. Name each topic: topics = {\"one\", \"two\"}, or, from one setting, topics"
                                + " = \"#{'${my.topics}'.split(',')}\".");
            }
        }
        if (names.stream().distinct().count() < names.size()) {
            throw new FailureAnalyzedException(
                    "The trigger listener " + listener.name() + " names a topic twice: " + String.join(", ", names)
                            + ".",
                    "Remove one of them.");
        }
        return List.copyOf(names);
    }

    /**
     * Reads the properties of the consumer.
     *
     * @throws FailureAnalyzedException if one is none, or has no effect
     */
    Map<String, String> properties(List<String> lines) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String line : lines) {
            Properties read = new Properties();
            try {
                read.load(new StringReader(line));
            } catch (IOException | IllegalArgumentException unreadable) {
                throw invalid(
                        "has a property of the consumer that cannot be read",
                        "Write it as \"name=value\" in @TriggerQueryListener.");
            }
            read.stringPropertyNames().forEach(name -> properties.put(name, read.getProperty(name)));
        }
        properties.keySet().forEach(name -> {
            String advice = OWN_PROPERTIES.get(name);
            if (advice != null) {
                throw invalid("has the property of the consumer " + name + ", which would have no effect", advice);
            }
        });
        return Map.copyOf(properties);
    }

    private FailureAnalyzedException invalid(String what, String advice) {
        return new FailureAnalyzedException("The trigger listener " + listener.name() + " " + what + ".", advice);
    }
}

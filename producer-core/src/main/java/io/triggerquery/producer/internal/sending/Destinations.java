package io.triggerquery.producer.internal.sending;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The logical destinations and their topics.
 *
 * @param topics the topic of each logical name
 */
public record Destinations(Map<String, String> topics) {

    /** The pattern of topic names that Kafka accepts. */
    public static final String TOPIC_PATTERN = "[A-Za-z0-9._-]{1,249}";

    /** Copies the map. */
    public Destinations {
        topics = Map.copyOf(topics);
    }

    /** Returns the topic of a destination, if one is configured. */
    public Optional<String> topic(String destination) {
        return Optional.ofNullable(topics.get(destination));
    }

    /** Returns all logical names. */
    public Set<String> names() {
        return topics.keySet();
    }

    /** Returns the property that sets the topic of a destination. */
    public static String property(String destination) {
        return "triggerquery.producer.destinations." + destination + ".topic";
    }
}

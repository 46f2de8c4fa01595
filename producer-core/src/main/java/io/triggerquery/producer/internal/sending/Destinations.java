package io.triggerquery.producer.internal.sending;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The logical destinations and their topics.
 *
 * @param topics topic by logical name
 */
public record Destinations(Map<String, String> topics) {

    /** What Kafka takes for a topic's name. */
    public static final String TOPIC_PATTERN = "[A-Za-z0-9._-]{1,249}";

    /** Copies the map. */
    public Destinations {
        topics = Map.copyOf(topics);
    }

    /** The topic behind a destination, if one is configured. */
    public Optional<String> topic(String destination) {
        return Optional.ofNullable(topics.get(destination));
    }

    /** All logical names. */
    public Set<String> names() {
        return topics.keySet();
    }

    /** The property that maps a destination to its topic. */
    public static String property(String destination) {
        return "triggerquery.producer.destinations." + destination + ".topic";
    }
}

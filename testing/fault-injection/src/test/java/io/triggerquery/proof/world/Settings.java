package io.triggerquery.proof.world;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The settings of a service, with short times: a pause of 5 s is 50 ms here, and 30 min are 18 s. */
public final class Settings {

    /** The prefix of the producer's settings. */
    public static final String ROOT = "triggerquery.producer.";

    private Settings() {}

    /**
     * Returns the settings that the business service and the relay service have in common.
     *
     * @param topics the topic of each destination
     */
    public static Map<String, String> common(Map<String, String> topics) {
        Map<String, String> settings = new HashMap<>();
        topics.forEach((destination, topic) -> settings.put(ROOT + "destinations." + destination + ".topic", topic));
        settings.put(ROOT + "schedule.pauses", "50ms,100ms,200ms,400ms,800ms,1600ms,3200ms");
        settings.put(ROOT + "schedule.last-pause", "3s");
        return settings;
    }

    /** Returns the settings of a business service with a database. */
    public static Map<String, String> of(World world, String database, Map<String, String> topics, Path spool) {
        Map<String, String> settings = common(topics);
        settings.put("spring.datasource.url", world.database().url(database));
        settings.put("spring.flyway.locations", "classpath:db/triggerquery");
        // the business table exists already
        settings.put("spring.flyway.baseline-on-migrate", "true");
        settings.put("spring.flyway.baseline-version", "0");
        settings.put("spring.kafka.bootstrap-servers", world.broker().address());
        settings.put(ROOT + "memory-queue.retry-pauses", "100ms,200ms,500ms,1s,2s");
        settings.put(ROOT + "disk-queue.directory", spool.toString());
        settings.put(ROOT + "disk-queue.intent-delay", "1s");
        return settings;
    }
}

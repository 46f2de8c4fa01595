package io.triggerquery.ctl;

import io.triggerquery.ctl.source.SourceException;
import io.triggerquery.producer.internal.sending.Destinations;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the options for Kafka. */
final class KafkaOptions {

    private static final Pattern TOPIC = Pattern.compile(Destinations.TOPIC_PATTERN);
    private static final Pattern SERVERS = Pattern.compile("[^\\s,:]+:\\d{1,5}(,[^\\s,:]+:\\d{1,5})*");
    private static final int MAX_RATE = 100_000;

    private KafkaOptions() {}

    static void check(Map<String, String> topics, int rate) {
        topics.forEach((destination, topic) -> {
            if (!TOPIC.matcher(topic).matches()) {
                throw new SourceException("--destination " + destination + "=" + topic
                        + ": a topic has 1 to 249 letters, digits, dots, dashes and underscores");
            }
        });
        if (rate < 1 || rate > MAX_RATE) {
            throw new SourceException("--rate must be 1 to " + MAX_RATE + " triggers a second");
        }
    }

    static Map<String, Object> connection(String bootstrapServers, @Nullable Path file) {
        if (!SERVERS.matcher(bootstrapServers).matches()) {
            throw new SourceException("--bootstrap-servers must be HOST:PORT, or several of these separated by commas");
        }
        Map<String, Object> connection = new HashMap<>();
        if (file != null) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new SourceException("cannot read --kafka-config " + file + ": " + e, e);
            }
            properties.stringPropertyNames().forEach(name -> connection.put(name, properties.getProperty(name)));
        }
        connection.put("bootstrap.servers", bootstrapServers);
        return connection;
    }
}

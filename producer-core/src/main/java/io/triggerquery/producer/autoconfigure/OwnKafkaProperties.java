package io.triggerquery.producer.autoconfigure;

import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.TreeSet;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the Kafka producer that sends triggers. It uses the application's settings for the connection and for
 * security, and none of its other Kafka settings.
 *
 * @param properties Settings of the Kafka producer for triggers only, by Kafka's names, such as "batch.size" or
 *     "compression.type". Settings that the guarantees depend on, such as "acks", cannot be set.
 */
public record OwnKafkaProperties(@NotNull @DefaultValue Map<String, String> properties) {

    /** Returns the names only, because a value may be a secret. */
    @Override
    public String toString() {
        return "OwnKafkaProperties" + new TreeSet<>(properties.keySet());
    }
}

package io.triggerquery.producer.autoconfigure;

import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.TreeSet;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the Kafka producer that sends triggers. It has the application's settings for the connection and for
 * security, and of its other settings none.
 *
 * @param properties Settings of Kafka's producer for triggers alone, by Kafka's names, say "batch.size" or
 *     "compression.type". What the guarantees rest on cannot be set, such as "acks".
 */
public record OwnKafkaProperties(@NotNull @DefaultValue Map<String, String> properties) {

    /** Names only: a value may be a secret. */
    @Override
    public String toString() {
        return "OwnKafkaProperties" + new TreeSet<>(properties.keySet());
    }
}

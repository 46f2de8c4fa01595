package io.triggerquery.demo.launcher.part;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The strategy by which both services keep a trigger until Kafka has it; each name is a value of {@code
 * triggerquery.producer.strategy}.
 */
public enum ProducerStrategy {
    RETRY,
    MEMORY_QUEUE,
    DISK_QUEUE,
    RELAY,
    REGISTRATION,
    OUTBOX;

    /** The default. */
    public static final ProducerStrategy DEFAULT = DISK_QUEUE;

    /** Returns the strategy of this name, if there is one. */
    public static Optional<ProducerStrategy> named(String name) {
        return Arrays.stream(values())
                .filter(strategy -> strategy.toString().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Returns whether the relay service is a part of the demo. */
    public boolean needsRelayService() {
        return this == RELAY || this == REGISTRATION;
    }

    /**
     * Returns whether triggers are only in memory for a time, so that projections may differ after a part is killed.
     */
    public boolean losesTriggers() {
        return this == RETRY || this == MEMORY_QUEUE || this == RELAY;
    }

    /** Returns the name in the user's input and in the services' settings. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

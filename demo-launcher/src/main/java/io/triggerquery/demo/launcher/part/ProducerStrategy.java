package io.triggerquery.demo.launcher.part;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How both services keep a trigger until Kafka has it; each name is a value of {@code triggerquery.producer.strategy}. */
public enum ProducerStrategy {
    RETRY,
    MEMORY_QUEUE,
    DISK_QUEUE,
    RELAY,
    REGISTRATION,
    OUTBOX;

    /** What the services use when nobody has chosen. */
    public static final ProducerStrategy DEFAULT = DISK_QUEUE;

    /** The one of that name, if there is one. */
    public static Optional<ProducerStrategy> named(String name) {
        return Arrays.stream(values())
                .filter(strategy -> strategy.toString().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Whether the relay service is a part of the demo. */
    public boolean needsRelayService() {
        return this == RELAY || this == REGISTRATION;
    }

    /** Whether triggers are in memory alone for a while, so that killing a part may leave projections that differ. */
    public boolean losesTriggers() {
        return this == RETRY || this == MEMORY_QUEUE || this == RELAY;
    }

    /** As the user and the services' settings write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

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

    /** Whether killing this part may lose triggers, and so leave projections that differ from their source. */
    public boolean mayLose(PartName killed) {
        boolean service = killed == PartName.BILLING || killed == PartName.PAYMENT;
        return switch (this) {
            // what could not be sent within a few seconds is reported, and no longer tried
            case RETRY -> service || killed == PartName.BROKER;
            case MEMORY_QUEUE, RELAY -> service;
            case DISK_QUEUE, REGISTRATION, OUTBOX -> false;
        };
    }

    /** As the user and the services' settings write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

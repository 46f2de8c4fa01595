package io.triggerquery.producer.autoconfigure;

import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.Destinations;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the trigger producer.
 *
 * @param application Name of the application that owns the triggers, by default "spring.application.name". It is the
 *     same in all instances, and differs from other applications that share the table of an outbox or the directory of
 *     a disk queue.
 * @param strategy How a trigger is kept until Kafka has it: "retry", "memory-queue", "disk-queue", "relay",
 *     "registration" or "outbox".
 * @param fallback Strategies that are tried in turn if the strategy does not accept a trigger: "retry", "memory-queue",
 *     "disk-queue" or "relay". A trigger that none accepts is reported. Not used for "outbox", which fails with its
 *     transaction.
 * @param destinations Logical destinations by name. Publishing to a name that is not listed is rejected.
 * @param schedule When a destination that cannot be reached is tried again.
 * @param memoryQueue Settings of the memory queue.
 * @param diskQueue Settings of the disk queue.
 * @param outbox Settings of the outbox.
 * @param relayService Settings of the relay service's client.
 * @param kafka Settings of the Kafka producer that sends triggers.
 * @param alarm Settings of alarms.
 * @param tracing Settings of traces.
 */
@Validated
@ConfigurationProperties("triggerquery.producer")
public record TriggerProducerProperties(
        @Nullable String application,
        @NotNull @DefaultValue("disk-queue") StrategyName strategy,
        @NotNull @DefaultValue List<@NotNull StrategyName> fallback,
        @NotNull @DefaultValue Map<String, @Valid Destination> destinations,

        @NotNull @Valid @DefaultValue @NestedConfigurationProperty
        ScheduleProperties schedule,

        @NotNull @Valid @DefaultValue @NestedConfigurationProperty
        MemoryQueueProperties memoryQueue,

        @NotNull @Valid @DefaultValue @NestedConfigurationProperty
        DiskQueueProperties diskQueue,

        @NotNull @Valid @DefaultValue @NestedConfigurationProperty
        OutboxProperties outbox,

        @NotNull @Valid @DefaultValue @NestedConfigurationProperty
        RelayServiceProperties relayService,

        @NotNull @Valid @DefaultValue @NestedConfigurationProperty
        OwnKafkaProperties kafka,

        @NotNull @Valid @DefaultValue @NestedConfigurationProperty
        AlarmProperties alarm,

        @NotNull @DefaultValue TracingProperties tracing) {

    /** The prefix of the settings. */
    static final String PREFIX = "triggerquery.producer";

    private static final Set<StrategyName> FALLBACKS =
            EnumSet.of(StrategyName.RETRY, StrategyName.MEMORY_QUEUE, StrategyName.DISK_QUEUE, StrategyName.RELAY);

    /** Checks that the fallbacks can be used as such. */
    public TriggerProducerProperties {
        check(PREFIX + ".fallback", fallback);
        destinations.forEach((name, destination) -> {
            if (destination.fallback() != null) {
                check(PREFIX + ".destinations." + name + ".fallback", destination.fallback());
            }
        });
    }

    private static void check(String property, List<StrategyName> fallback) {
        if (!FALLBACKS.containsAll(fallback)) {
            throw new InvalidConfigurationPropertyValueException(
                    property,
                    fallback,
                    "A trigger can fall back to retry, memory-queue, disk-queue and relay; the other strategies accept"
                            + " it only within its transaction.");
        }
    }

    /**
     * A logical destination.
     *
     * @param topic Kafka topic, 1 to 249 letters, digits, dots, dashes and underscores. It may be changed while
     *     triggers wait: they are sent to the new topic.
     * @param strategy Strategy of this destination; by default that of the producer.
     * @param fallback Fallback strategies of this destination; by default those of the producer.
     */
    public record Destination(
            @NotNull @Pattern(regexp = Destinations.TOPIC_PATTERN)
            String topic,

            @Nullable StrategyName strategy,
            @Nullable List<@NotNull StrategyName> fallback) {}

    /**
     * Settings of traces.
     *
     * @param enabled Whether each send is observed and adds its trace to the headers of the trigger's record. It needs
     *     an ObservationRegistry, as of Spring Boot's tracing.
     */
    public record TracingProperties(@DefaultValue("false") boolean enabled) {}

    /** Returns the strategies of a destination in the order in which they are tried. */
    List<StrategyName> chain(String destination) {
        Destination own = destinations.get(destination);
        StrategyName first = own == null || own.strategy() == null ? strategy : own.strategy();
        List<StrategyName> fallbacks = own == null || own.fallback() == null ? fallback : own.fallback();
        return first == StrategyName.OUTBOX
                ? List.of(first)
                : Stream.concat(Stream.of(first), fallbacks.stream()).distinct().toList();
    }

    /** Returns the strategies that destinations use. */
    Set<StrategyName> used() {
        return destinations.keySet().stream()
                .flatMap(destination -> chain(destination).stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(StrategyName.class)));
    }

    /** Returns the destinations that use a strategy. */
    Set<String> using(StrategyName strategy) {
        return destinations.keySet().stream()
                .filter(destination -> chain(destination).contains(strategy))
                .collect(Collectors.toSet());
    }

    Application application(Environment environment) {
        return new Application(
                application == null ? environment.getProperty("spring.application.name", "") : application);
    }

    Destinations topics() {
        return new Destinations(destinations.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().topic())));
    }
}

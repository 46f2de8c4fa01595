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
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the trigger producer.
 *
 * @param application Whose triggers these are, the same in all instances and in no other application that shares the
 *     table of an outbox or the directory of a disk queue; unless it is "spring.application.name".
 * @param strategy How a trigger is kept until Kafka has it: "retry", "memory-queue", "disk-queue", "relay",
 *     "registration" or "outbox".
 * @param fallback What keeps a trigger that the strategy does not accept, one after the other: "retry", "memory-queue",
 *     "disk-queue" or "relay". What none accepts is reported. Not for "outbox", which fails with its transaction.
 * @param destinations The logical destinations by name. Publishing to one that is not listed is rejected.
 * @param schedule When a destination that can't be reached is tried again.
 * @param memoryQueue What waits in memory.
 * @param diskQueue What waits on disk.
 * @param outbox What waits in the business database.
 * @param relayService How to reach the relay service.
 * @param kafka The Kafka producer that sends triggers.
 * @param alarm Who is told of an outage.
 */
@Validated
@ConfigurationProperties("triggerquery.producer")
public record TriggerProducerProperties(
        @Nullable String application,
        @NotNull @DefaultValue("disk-queue") StrategyName strategy,
        @NotNull @DefaultValue List<@NotNull StrategyName> fallback,
        @NotNull @DefaultValue Map<String, @Valid Destination> destinations,
        @NotNull @Valid @DefaultValue ScheduleProperties schedule,
        @NotNull @Valid @DefaultValue MemoryQueueProperties memoryQueue,
        @NotNull @Valid @DefaultValue DiskQueueProperties diskQueue,
        @NotNull @Valid @DefaultValue OutboxProperties outbox,
        @NotNull @Valid @DefaultValue RelayServiceProperties relayService,
        @NotNull @Valid @DefaultValue OwnKafkaProperties kafka,
        @NotNull @Valid @DefaultValue AlarmProperties alarm) {

    /** Where the settings are. */
    static final String PREFIX = "triggerquery.producer";

    private static final Set<StrategyName> FALLBACKS =
            EnumSet.of(StrategyName.RETRY, StrategyName.MEMORY_QUEUE, StrategyName.DISK_QUEUE, StrategyName.RELAY);

    /** Refuses what cannot be a fallback. */
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
                    "A trigger can fall back to retry, memory-queue, disk-queue and relay; the others take it only"
                            + " within its transaction.");
        }
    }

    /**
     * One destination.
     *
     * @param topic The Kafka topic, 1 to 249 letters, digits, dots, dashes and underscores. It may be renamed while
     *     triggers wait: they are sent to the new one.
     * @param strategy How its triggers are kept, unless as all others are.
     * @param fallback What keeps its triggers if the strategy does not, unless as for all others.
     */
    public record Destination(
            @NotNull @Pattern(regexp = Destinations.TOPIC_PATTERN)
            String topic,

            @Nullable StrategyName strategy,
            @Nullable List<@NotNull StrategyName> fallback) {}

    /** The strategies of a destination in the order in which they are asked. */
    List<StrategyName> chain(String destination) {
        Destination own = destinations.get(destination);
        StrategyName first = own == null || own.strategy() == null ? strategy : own.strategy();
        List<StrategyName> then = own == null || own.fallback() == null ? fallback : own.fallback();
        return first == StrategyName.OUTBOX
                ? List.of(first)
                : Stream.concat(Stream.of(first), then.stream()).distinct().toList();
    }

    /** All strategies that some destination uses. */
    Set<StrategyName> used() {
        return destinations.keySet().stream()
                .flatMap(destination -> chain(destination).stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(StrategyName.class)));
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

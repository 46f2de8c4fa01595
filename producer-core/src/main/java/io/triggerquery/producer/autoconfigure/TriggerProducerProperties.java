package io.triggerquery.producer.autoconfigure;

import io.triggerquery.producer.outbox.OutboxSettings;
import io.triggerquery.producer.sending.Destinations;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the trigger producer.
 *
 * @param strategy How a trigger is kept until Kafka has it. "outbox" is the only one; anything else stops the start.
 * @param outbox Settings of the outbox strategy.
 * @param destinations The logical destinations by name. Publishing to one that is not listed is rejected.
 */
@Validated
@ConfigurationProperties("triggerquery.producer")
public record TriggerProducerProperties(
        @NotNull @DefaultValue("outbox") Strategy strategy,
        @NotNull @Valid @DefaultValue Outbox outbox,
        @NotNull @DefaultValue Map<String, @Valid Destination> destinations) {

    /**
     * Settings of the outbox strategy.
     *
     * @param pollInterval How often the table is looked at for rows that another process, or a transaction whose end
     *     was not noticed, has committed; 10 ms to 1 h. A commit in this process is noticed at once. Shorter costs
     *     statements, longer delays those rows.
     * @param batchSize How many rows one claim takes, 1 to 10,000. More is faster with a backlog, and repeats more
     *     when a relay dies in the middle.
     * @param maxPause The longest pause between two attempts while Kafka is away, 1 s to 1 h; pauses start at 1 s and
     *     double. It bounds how long after an outage the first trigger is sent.
     */
    public record Outbox(
            @NotNull @DurationMin(millis = 10) @DurationMax(hours = 1) @DefaultValue("500ms")
            Duration pollInterval,

            @Min(1) @Max(10_000) @DefaultValue("500") int batchSize,

            @NotNull @DurationMin(seconds = 1) @DurationMax(hours = 1) @DefaultValue("30s")
            Duration maxPause) {}

    /**
     * One destination.
     *
     * @param topic The Kafka topic, 1 to 249 letters, digits, dots, dashes and underscores. It may be renamed while
     *     triggers wait: they are sent to the new one.
     */
    public record Destination(
            @NotNull @Pattern(regexp = "[A-Za-z0-9._-]{1,249}")
            String topic) {}

    OutboxSettings outboxSettings() {
        return new OutboxSettings(outbox.pollInterval(), outbox.batchSize(), OutboxSettings.LEASE, outbox.maxPause());
    }

    Destinations topics() {
        return new Destinations(destinations.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().topic())));
    }
}

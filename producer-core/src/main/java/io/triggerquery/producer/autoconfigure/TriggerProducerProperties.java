package io.triggerquery.producer.autoconfigure;

import io.triggerquery.producer.relay.RelaySettings;
import io.triggerquery.producer.relay.RetrySchedule;
import io.triggerquery.producer.relay.TriggerRelay;
import io.triggerquery.producer.sending.Destinations;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
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
 * @param retry When a destination that can't be reached is tried again.
 * @param outbox Settings of the outbox strategy.
 * @param destinations The logical destinations by name. Publishing to one that is not listed is rejected.
 */
@Validated
@ConfigurationProperties("triggerquery.producer")
public record TriggerProducerProperties(
        @NotNull @DefaultValue("outbox") Strategy strategy,
        @NotNull @Valid @DefaultValue Retry retry,
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
     */
    public record Outbox(
            @NotNull @DurationMin(millis = 10) @DurationMax(hours = 1) @DefaultValue("500ms")
            Duration pollInterval,

            @Min(1) @Max(10_000) @DefaultValue("500") int batchSize) {}

    /**
     * When a destination that can't be reached is tried again. One trigger is tried at a time until one arrives.
     *
     * @param pauses The pauses one after the other, 1 ms to 1 h each.
     * @param then The pause after all of these, for ever; 1 ms to 1 h. It bounds how long after an outage the first
     *     trigger is sent.
     * @param jitter How far a pause is moved at random, as a part of it; 0 to 1.
     * @param drainPerSecond How many triggers a second are sent after an outage until nothing is left of it, 1 to
     *     1,000,000. Each of them is a query to this service.
     */
    public record Retry(
            @NotEmpty @DefaultValue({"5s", "10s", "20s", "40s", "80s", "160s", "320s"})
            List<@NotNull @DurationMin(millis = 1) @DurationMax(hours = 1) Duration> pauses,

            @NotNull @DurationMin(millis = 1) @DurationMax(hours = 1) @DefaultValue("5m")
            Duration then,

            @DecimalMin("0") @DecimalMax("1") @DefaultValue("0.2")
            double jitter,

            @Min(1) @Max(1_000_000) @DefaultValue("1000") int drainPerSecond) {

        RetrySchedule schedule() {
            return new RetrySchedule(pauses, then, jitter, TriggerRelay::random);
        }
    }

    /**
     * One destination.
     *
     * @param topic The Kafka topic, 1 to 249 letters, digits, dots, dashes and underscores. It may be renamed while
     *     triggers wait: they are sent to the new one.
     */
    public record Destination(
            @NotNull @Pattern(regexp = "[A-Za-z0-9._-]{1,249}")
            String topic) {}

    RelaySettings outboxSettings() {
        return new RelaySettings(
                outbox.pollInterval(),
                outbox.batchSize(),
                RelaySettings.LEASE,
                retry.schedule(),
                retry.drainPerSecond(),
                Duration.ZERO);
    }

    Destinations topics() {
        return new Destinations(destinations.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().topic())));
    }
}

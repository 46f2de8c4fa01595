package io.triggerquery.producer.autoconfigure;

import io.triggerquery.producer.internal.relay.RetrySchedule;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the retry schedule. One trigger is tried at a time until one arrives.
 *
 * @param pauses The pauses one after the other, 1 ms to 1 h each.
 * @param then The pause after all of these, for ever; 1 ms to 1 h. It bounds how long after an outage the first trigger
 *     is sent.
 * @param jitter How far a pause is moved at random, as a part of it; 0 to 1.
 * @param drainPerSecond How many triggers a second are sent after an outage until nothing is left of it, 1 to
 *     1,000,000. Each of them is a query to this service.
 */
public record ScheduleProperties(
        @NotEmpty @DefaultValue({"5s", "10s", "20s", "40s", "80s", "160s", "320s"})
        List<@NotNull @DurationMin(millis = 1) @DurationMax(hours = 1) Duration> pauses,

        @NotNull @DurationMin(millis = 1) @DurationMax(hours = 1) @DefaultValue("5m")
        Duration then,

        @DecimalMin("0") @DecimalMax("1") @DefaultValue("0.2")
        double jitter,

        @Min(1) @Max(1_000_000) @DefaultValue("1000") int drainPerSecond) {

    RetrySchedule schedule() {
        return new RetrySchedule(pauses, then, jitter, RetrySchedule::anyPart);
    }
}

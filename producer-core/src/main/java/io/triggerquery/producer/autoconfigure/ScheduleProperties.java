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
 * Settings of the retry schedule. One trigger is sent after each pause, until one is delivered.
 *
 * @param pauses Pauses in sequence, 1 ms to 1 h each.
 * @param lastPause Pause after all of these, repeated without end, 1 ms to 1 h. It bounds the time between the end of
 *     an outage and the first send.
 * @param jitter Random deviation of a pause, as a fraction of it, 0 to 1.
 * @param drainPerSecond Maximum number of triggers sent in a second after an outage, until its backlog is empty, 1 to
 *     1,000,000. Each of them causes a query to this service.
 */
public record ScheduleProperties(
        @NotEmpty @DefaultValue({"5s", "10s", "20s", "40s", "80s", "160s", "320s"})
        List<@NotNull @DurationMin(millis = 1) @DurationMax(hours = 1) Duration> pauses,

        @NotNull @DurationMin(millis = 1) @DurationMax(hours = 1) @DefaultValue("5m")
        Duration lastPause,

        @DecimalMin("0") @DecimalMax("1") @DefaultValue("0.2")
        double jitter,

        @Min(1) @Max(1_000_000) @DefaultValue("1000") int drainPerSecond) {

    RetrySchedule schedule() {
        return new RetrySchedule(pauses, lastPause, jitter, RetrySchedule::randomFraction);
    }
}

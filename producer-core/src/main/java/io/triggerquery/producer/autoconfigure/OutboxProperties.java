package io.triggerquery.producer.autoconfigure;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the strategy {@code outbox}.
 *
 * @param pollInterval How often the table is looked at for rows that another process, or a transaction whose end was not
 *     noticed, has committed; 10 ms to 1 h. A commit in this process is noticed at once. Shorter costs statements,
 *     longer delays those rows.
 * @param batchSize How many rows one claim takes, 1 to 10,000. More is faster with a backlog, and repeats more when a
 *     relay dies in the middle.
 */
public record OutboxProperties(
        @NotNull @DurationMin(millis = 10) @DurationMax(hours = 1) @DefaultValue("500ms")
        Duration pollInterval,

        @Min(1) @Max(10_000) @DefaultValue("500") int batchSize) {}

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
 * @param pollInterval Interval between polls of the table, 10 ms to 1 h. Polls find rows that another process has
 *     committed, or a transaction whose end was not noticed; a commit in this process is noticed at once. A shorter
 *     interval costs statements, a longer one delays those rows.
 * @param batchSize Maximum number of rows in a claim, 1 to 10,000. A larger batch sends a backlog faster, but more
 *     triggers are sent again if the process dies before they are deleted.
 */
public record OutboxProperties(
        @NotNull @DurationMin(millis = 10) @DurationMax(hours = 1) @DefaultValue("500ms")
        Duration pollInterval,

        @Min(1) @Max(10_000) @DefaultValue("500") int batchSize) {}

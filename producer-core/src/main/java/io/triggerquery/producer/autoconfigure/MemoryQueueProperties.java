package io.triggerquery.producer.autoconfigure;

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
 * Settings of the memory queue, for the strategies {@code retry}, {@code memory-queue} and {@code relay}.
 *
 * @param maxEntries Maximum number of different ids that wait, 1 to 10,000,000; about 300 bytes each. Further ids are
 *     rejected.
 * @param shutdownTimeout How long a stop continues to send while Kafka accepts triggers, 0 to 5 min. The remaining
 *     triggers are reported. Triggers that cannot be sent are reported as soon as that is known, so a stop takes at
 *     most 8 s longer than this. Keep the sum below the grace period of the platform.
 * @param retryPauses Pauses of the strategy "retry" between attempts, 1 ms to 1 h each. A trigger that has waited as
 *     long as the sum of the pauses is reported.
 */
public record MemoryQueueProperties(
        @Min(1) @Max(10_000_000) @DefaultValue("100000") int maxEntries,

        @NotNull @DurationMin @DurationMax(minutes = 5) @DefaultValue("10s")
        Duration shutdownTimeout,

        @NotEmpty @DefaultValue({"200ms", "500ms", "1s", "2s", "5s"})
        List<@NotNull @DurationMin(millis = 1) @DurationMax(hours = 1) Duration> retryPauses) {}

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
 * @param maxEntries How many different ids may wait, 1 to 10,000,000; about 300 bytes each. One more is rejected.
 * @param shutdownTimeout How long a stop goes on sending while Kafka takes triggers, 0 to 5 min; what is left is
 *     reported. What can't be sent is reported as soon as that shows, so that a stop takes at most 8 s longer than this;
 *     keep that below what the platform grants between its two signals.
 * @param retryPauses The pauses of the strategy "retry" between its tries, 1 ms to 1 h each. What has waited as long as
 *     all of them together is reported.
 */
public record MemoryQueueProperties(
        @Min(1) @Max(10_000_000) @DefaultValue("100000") int maxEntries,

        @NotNull @DurationMin @DurationMax(minutes = 5) @DefaultValue("10s")
        Duration shutdownTimeout,

        @NotEmpty @DefaultValue({"200ms", "500ms", "1s", "2s", "5s"})
        List<@NotNull @DurationMin(millis = 1) @DurationMax(hours = 1) Duration> retryPauses) {}

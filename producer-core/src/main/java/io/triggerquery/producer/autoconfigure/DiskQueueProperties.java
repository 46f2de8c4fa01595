package io.triggerquery.producer.autoconfigure;

import io.triggerquery.producer.internal.spool.SpoolSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the strategy {@code disk-queue}.
 *
 * @param directory Where the spool lies: on a local disk that outlives the process, of this process alone. It is made if
 *     it does not exist.
 * @param intent Whether a trigger is written before the commit of its transaction and not only after it: then it is sent
 *     also if the process dies between the two. It costs a write to the disk within the transaction.
 * @param intentDelay How long after a start triggers wait whose transaction nobody saw end, 0 to 1 h: the database may
 *     still be committing it. Longer than that can take.
 * @param maxEntries How many different ids may wait, 1 to 10,000,000. One more is rejected.
 * @param maxSize How large the spool may become, 1 MB to 100 GB. What does not fit is rejected.
 * @param writeTimeout How long publishing waits for the disk, 10 ms to 1 min. Then the trigger is in memory and on its
 *     way to the disk.
 */
public record DiskQueueProperties(
        @NotBlank @DefaultValue("triggers") String directory,
        @DefaultValue("true") boolean intent,

        @NotNull @DurationMin @DurationMax(hours = 1) @DefaultValue("30s")
        Duration intentDelay,

        @Min(1) @Max(10_000_000) @DefaultValue("200000") int maxEntries,
        @NotNull @DefaultValue("256MB") DataSize maxSize,

        @NotNull @DurationMin(millis = 10) @DurationMax(minutes = 1) @DefaultValue("2s")
        Duration writeTimeout) {

    Path path() {
        return Path.of(directory).toAbsolutePath().normalize();
    }

    SpoolSettings settings() {
        return new SpoolSettings(path(), maxEntries, maxSize.toBytes(), writeTimeout, intent, intentDelay);
    }
}

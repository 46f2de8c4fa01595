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
 * @param directory Directory of the spool, on a local disk that outlives the process. Only one process may use it. It
 *     is created if it does not exist.
 * @param intent Whether a trigger is written before the commit of its transaction and not only after it. Then it is
 *     sent even if the process dies between the two. It costs a disk write within the transaction.
 * @param intentDelay Time after a start during which triggers wait if the end of their transaction is not known, 0 to 1
 *     h. Set it longer than the database may take to commit.
 * @param maxEntries Maximum number of different ids that wait, 1 to 10,000,000. Further ids are rejected.
 * @param maxSize Maximum size of the spool, 1 MB to 100 GB. Triggers that do not fit are rejected.
 * @param writeTimeout How long publishing waits for the disk, 10 ms to 1 min. After that the trigger is in memory, and
 *     its write continues.
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

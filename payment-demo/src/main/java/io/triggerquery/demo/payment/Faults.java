package io.triggerquery.demo.payment;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Set;

/**
 * What goes wrong on purpose when this service is queried.
 *
 * @param errorRate the share of queries answered 500, from 0 to 1
 * @param latencyMs how long each query waits first, in milliseconds, at most 60,000
 * @param down whether every query is answered 503
 * @param failIds ids whose queries are always answered 500
 */
record Faults(
        @DecimalMin("0") @DecimalMax("1") double errorRate,
        @Min(0) @Max(60_000) long latencyMs,
        boolean down,
        @Size(max = 1000) Set<@NotNull String> failIds) {

    static final Faults NONE = new Faults(0, 0, false, Set.of());

    // JSON may leave anything out: numbers are zero then, and {} ends all faults
    Faults {
        failIds = failIds == null ? Set.of() : failIds;
    }
}

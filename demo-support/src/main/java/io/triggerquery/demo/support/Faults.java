package io.triggerquery.demo.support;

import com.fasterxml.jackson.annotation.JsonCreator;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The simulated faults of this service: of its queries, and of its publishing.
 *
 * @param errorRate the share of queries that are answered with 500, from 0 to 1
 * @param latencyMs the delay of each query in milliseconds, at most 60,000
 * @param down whether every query is answered with 503
 * @param failIds the ids whose queries are always answered with 500
 * @param unpublished whether changes publish no trigger, like a path of the code that forgets to
 */
public record Faults(
        @DecimalMin("0") @DecimalMax("1") double errorRate,
        @Min(0) @Max(60_000) long latencyMs,
        boolean down,
        @Size(max = 1000) Set<@NotNull String> failIds,
        boolean unpublished) {

    static final Faults NONE = new Faults(0, 0, false, Set.of(), false);

    /** Reads faults from JSON. A missing field is off, so {} ends all faults. */
    @JsonCreator
    static Faults of(
            @Nullable Double errorRate,
            @Nullable Long latencyMs,
            @Nullable Boolean down,
            @Nullable Set<String> failIds,
            @Nullable Boolean unpublished) {
        return new Faults(
                errorRate == null ? 0 : errorRate,
                latencyMs == null ? 0 : latencyMs,
                down != null && down,
                failIds == null ? Set.of() : failIds,
                unpublished != null && unpublished);
    }

    /** Returns whether nothing is disturbed. */
    public boolean isNone() {
        return equals(NONE);
    }

    /** Returns the share of failing queries in percent. */
    public long errorPercent() {
        return Math.round(errorRate * 100);
    }
}

package io.triggerquery.demo.support;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a form of the page breaks, in addition to what is broken.
 *
 * @param failId an id whose queries are to fail
 * @param unpublished whether changes are to publish no trigger
 */
record FaultSwitch(
        @Nullable Boolean down,
        @Min(1) @Max(100) @Nullable Integer errorPercent,
        @Min(1) @Max(60_000) @Nullable Long latencyMs,
        @Size(min = 1, max = 256) @Nullable String failId,
        @Nullable Boolean unpublished) {

    Faults addedTo(Faults now) {
        return new Faults(
                errorPercent == null ? now.errorRate() : errorPercent / 100.0,
                latencyMs == null ? now.latencyMs() : latencyMs,
                down == null ? now.down() : down,
                failId == null
                        ? now.failIds()
                        : Stream.concat(now.failIds().stream(), Stream.of(failId.strip()))
                                .collect(Collectors.toUnmodifiableSet()),
                unpublished == null ? now.unpublished() : unpublished);
    }

    /** Ends all faults, or those of one id. */
    static Faults repaired(Faults now, @Nullable String failId) {
        if (failId == null) {
            return Faults.NONE;
        }
        Set<String> left =
                now.failIds().stream().filter(id -> !id.equals(failId)).collect(Collectors.toUnmodifiableSet());
        return new Faults(now.errorRate(), now.latencyMs(), now.down(), left, now.unpublished());
    }
}

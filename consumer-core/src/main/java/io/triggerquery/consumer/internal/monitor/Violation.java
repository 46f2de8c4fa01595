package io.triggerquery.consumer.internal.monitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An id whose projection is not what it has to be.
 *
 * @param id the id
 * @param age for how long it has been so, at least
 * @param check the check that has found it: the age of the trigger, listed or projected
 * @param cause the cause that is proved
 * @param answer found or absent: what the source has answered
 * @param answered the version that the source has answered, or null if it said none
 * @param projected the version of the projection, or null if the projection does not have the id
 * @param foundAt when it was found
 * @param repair triggered; later, if the limit for repairs is reached; or none, because the cause needs no trigger or
 *     the id is paused
 */
@JsonInclude
public record Violation(
        String id,
        Duration age,
        String check,
        String cause,
        String answer,
        @Nullable Long answered,
        @Nullable Long projected,
        Instant foundAt,
        String repair) {}

package io.triggerquery.consumer.internal.listener;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the source answers for one id now, beside what is projected. Nothing was projected.
 *
 * @param listener the id of the listener
 * @param answer found, absent, refused (the source is unavailable or busy, so it was not asked) or failed
 * @param version the version of the state or of the deletion, or null if the source states none
 * @param state the state as JSON, or null if it is hidden or there is none
 * @param error why there is no answer, or null
 * @param took how long the query took
 * @param projection the version in the projection, or null if there is no {@code ProjectedVersions} bean
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SourceAnswer(
        String listener,
        String id,
        String answer,
        @Nullable Long version,
        @Nullable String state,
        @Nullable String error,
        Duration took,
        IdStory.@Nullable Projection projection) {

    /** Returns this answer without messages of exceptions. */
    public SourceAnswer withoutErrors() {
        return new SourceAnswer(
                listener,
                id,
                answer,
                version,
                state,
                error == null ? null : IdStory.HIDDEN,
                took,
                projection == null ? null : projection.withoutError());
    }
}

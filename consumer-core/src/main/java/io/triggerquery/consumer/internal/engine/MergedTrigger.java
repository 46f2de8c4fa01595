package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Merges the triggers of an id: the highest version and the earliest time of all count. */
final class MergedTrigger {

    private MergedTrigger() {}

    /** Returns one trigger for two; the same object if the first requires no less than the second. */
    static Trigger of(@Nullable Trigger one, Trigger other) {
        if (one == null) {
            return other;
        }
        OptionalLong version = one.version().orElse(-1) < other.version().orElse(-1) ? other.version() : one.version();
        Instant earliest = one.producedAt().isAfter(other.producedAt()) ? other.producedAt() : one.producedAt();
        if (version == one.version() && earliest == one.producedAt()) {
            return one;
        }
        return new Trigger(one.topic(), one.id(), version, earliest);
    }

    static @Nullable Trigger withoutVersion(@Nullable Trigger trigger) {
        return trigger == null
                ? null
                : new Trigger(trigger.topic(), trigger.id(), OptionalLong.empty(), trigger.producedAt());
    }
}

package io.triggerquery.consumer.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.triggerquery.consumer.Trigger;
import java.util.OptionalLong;

/**
 * The versions that were lately projected, and are durable. Only ever an optimisation: what is forgotten is queried.
 *
 * <p>Threads: any. Bounds: as many ids as it was made for.
 */
final class AppliedVersions {

    private final Cache<String, Long> versions;

    AppliedVersions(long size) {
        versions = Caffeine.newBuilder()
                .maximumSize(size)
                .executor(Runnable::run) // upkeep is short, and a run must be repeatable
                .build();
    }

    /** A state of this version has been projected, and the projection has committed it. */
    void applied(String id, OptionalLong version) {
        version.ifPresent(applied -> versions.asMap().merge(id, applied, Math::max));
    }

    /** Whether the trigger asks for nothing that is not projected already. */
    boolean cover(Trigger trigger) {
        Long applied = trigger.version().isEmpty() ? null : versions.getIfPresent(trigger.id());
        return applied != null && applied >= trigger.version().getAsLong();
    }
}

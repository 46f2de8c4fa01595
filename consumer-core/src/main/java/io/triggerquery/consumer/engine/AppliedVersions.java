package io.triggerquery.consumer.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.triggerquery.consumer.Trigger;
import java.util.List;
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

    /**
     * A round has projected states, and the projection has committed them. Called before the round is settled.
     *
     * <p>Triggers without a version are no reason to remember one: it would settle none of the next.
     */
    void learn(Batch batch, List<Outcome> outcomes) {
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome outcome = outcomes.get(i);
            Trigger trigger = WorkState.Running.of(batch.items().get(i)).trigger();
            if (trigger == null || trigger.version().isEmpty()) {
                continue;
            }
            if (outcome instanceof Outcome.Applied applied) {
                applied(trigger.id(), applied.version());
            } else if (outcome instanceof Outcome.Stale stale) {
                applied(trigger.id(), stale.version());
            }
        }
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

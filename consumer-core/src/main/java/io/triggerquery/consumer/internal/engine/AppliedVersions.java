package io.triggerquery.consumer.internal.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.triggerquery.consumer.Trigger;
import java.util.List;
import java.util.OptionalLong;

/**
 * Remembers the versions that were applied last, to settle a trigger without a query where nothing newer can exist.
 *
 * <p>Only versions that the source answered are remembered, never those of triggers. A trigger's version is a lower
 * bound, stated before or after the change it stands for, so only a strictly newer applied version proves that nothing
 * is left to do. An applied absence removes the id's version, since an id that is created again may start at any
 * version.
 *
 * <p>This is an optimisation: an id that is not remembered is queried.
 *
 * <p>Threads: any. Bounds: the number of ids that it was created for.
 */
final class AppliedVersions {

    private final Cache<String, Long> versions;

    AppliedVersions(long size) {
        versions = Caffeine.newBuilder()
                .maximumSize(size)
                .executor(Runnable::run) // maintenance is short, and simulated runs must be repeatable
                .build();
    }

    /**
     * Records the outcomes of a round whose projection has committed. Called before the round is settled.
     *
     * <p>The answer to a trigger without a version is not remembered, since later triggers of that id are likely to
     * have none either.
     */
    void update(Batch batch, List<Outcome> outcomes) {
        if (batch instanceof Batch.Refresh refresh) {
            for (int i = 0; i < outcomes.size(); i++) {
                update(refresh.queries().get(i).trigger(), outcomes.get(i));
            }
        }
    }

    private void update(Trigger trigger, Outcome outcome) {
        boolean versioned = trigger.version().isPresent();
        if (outcome instanceof Outcome.Applied applied && applied.absent()) {
            forget(trigger.id());
        } else if (versioned && outcome instanceof Outcome.Applied applied) {
            applied(trigger.id(), applied.version());
        } else if (versioned && outcome instanceof Outcome.Stale stale) {
            applied(trigger.id(), stale.version());
        }
    }

    /** Records a version that the source answered and whose projection has committed. */
    void applied(String id, OptionalLong version) {
        version.ifPresent(applied -> versions.asMap().merge(id, applied, Math::max));
    }

    /** Removes the version of an id, so that its next trigger is queried. */
    void forget(String id) {
        versions.invalidate(id);
    }

    /** Removes all versions, since other consumers may have applied others while they had the partition. */
    void clear() {
        versions.invalidateAll();
    }

    /** Returns the version of an id, or empty if none is remembered. */
    OptionalLong of(String id) {
        Long version = versions.getIfPresent(id);
        return version == null ? OptionalLong.empty() : OptionalLong.of(version);
    }

    /** Returns whether a strictly newer version than the trigger's has been applied. */
    boolean cover(Trigger trigger) {
        Long applied = trigger.version().isEmpty() ? null : versions.getIfPresent(trigger.id());
        return applied != null && applied > trigger.version().getAsLong();
    }
}

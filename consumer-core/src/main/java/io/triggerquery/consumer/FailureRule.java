package io.triggerquery.consumer;

import java.util.Optional;

/**
 * Maps a failure to its {@link FailureKind}. Beans of this type are called in their order, before the built-in rules.
 *
 * <p>Threads: any, also those that read answers, so it must not block. Errors: a rule that throws is skipped.
 */
@FunctionalInterface
public interface FailureRule {

    /**
     * Returns the kind of a failure, or empty if this rule does not apply.
     *
     * @param failure what the query or the projection threw
     */
    Optional<FailureKind> kindOf(Throwable failure);
}

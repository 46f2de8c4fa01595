package io.triggerquery.consumer;

import java.util.Optional;

/**
 * Maps a failure to its {@link FailureKind}. Beans of this type are asked in their order, before the built-in table.
 *
 * <p>Threads: any, also those that read answers: it must not wait for anything. Failure: one that throws is passed over.
 */
@FunctionalInterface
public interface FailureRule {

    /**
     * The kind of a failure, or empty if this rule does not know it.
     *
     * @param failure what the query or the projection threw
     */
    Optional<FailureKind> kindOf(Throwable failure);
}

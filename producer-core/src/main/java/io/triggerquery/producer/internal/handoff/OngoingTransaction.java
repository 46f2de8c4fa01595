package io.triggerquery.producer.internal.handoff;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The transaction of the current thread: its phase and its triggers.
 *
 * <p>A synchronization that is registered during {@code beforeCommit} is not called in that phase, and one that is
 * registered while JPA flushes is called in neither. So a transaction is <em>watched</em> from its begin on, by a {@link
 * TransactionWatch} on its manager, which also tells the last moment before the commit. Where none is, because the
 * manager is no bean, it is made by the first publishing, and {@link CallStack} says how far the transaction is.
 *
 * <p>It does not wait for {@code afterCommit} to hand over: when the answer to a COMMIT is lost that does not run, and the
 * status then says "rolled back" of a change that is there. Once a commit was asked for, everything is handed over
 * whatever the status is: a trigger too many is harmless, one too few is not.
 *
 * <p>Threads: the transaction's.
 */
public final class OngoingTransaction implements TransactionSynchronization {

    /** How far a transaction is. */
    public enum Phase {
        /** Its commit has not been asked for. */
        RUNNING,
        /** Its commit is asked for, and it may still be rolled back. */
        COMMITTING,
        /** It has committed. */
        COMMITTED,
        /** It may have committed: what is written now may belong to no transaction. */
        UNCERTAIN
    }

    private static final Object KEY = OngoingTransaction.class;

    private final boolean watched;
    private Phase phase;
    // most transactions publish nothing
    private Map<TriggerBuffer, HandOff> handOffs = Map.of();

    private OngoingTransaction(boolean watched, Phase phase) {
        this.watched = watched;
        this.phase = phase;
    }

    /** The current one, or null outside of a transaction and after the completion of one. */
    public static @Nullable OngoingTransaction current() {
        // after the completion of a transaction no synchronization is called any more, though it still counts as active
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()) {
            return null;
        }
        OngoingTransaction current = bound();
        if (current != null && (current.watched || current.isRegistered())) {
            return current;
        }
        if (current != null) {
            // left behind by a manager that does not tell the end of a transaction: what is added to it would be lost
            TransactionSynchronizationManager.unbindResource(KEY);
        }
        OngoingTransaction unwatched = new OngoingTransaction(false, CallStack.phase());
        unwatched.register();
        return unwatched;
    }

    /** A transaction has begun on a manager that is watched. */
    static void begun() {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            // one that was left behind by a manager that does not tell the end of a transaction
            if (bound() != null) {
                TransactionSynchronizationManager.unbindResource(KEY);
            }
            new OngoingTransaction(true, Phase.RUNNING).register();
        }
    }

    /** The current transaction is about to commit, after all synchronizations were told. */
    static void lastBeforeCommit() {
        OngoingTransaction current = bound();
        if (current != null && current.watched) {
            current.askForCommit();
        }
    }

    private static @Nullable OngoingTransaction bound() {
        return (OngoingTransaction) TransactionSynchronizationManager.getResource(KEY);
    }

    private boolean isRegistered() {
        return TransactionSynchronizationManager.getSynchronizations().contains(this);
    }

    private void register() {
        TransactionSynchronizationManager.registerSynchronization(this);
        TransactionSynchronizationManager.bindResource(KEY, this);
    }

    /** How far it is. */
    public Phase phase() {
        return watched || phase == Phase.RUNNING ? phase : CallStack.phaseOfCommit();
    }

    /** What it publishes to a keeper. */
    HandOff handOff(TriggerBuffer buffer) {
        if (handOffs.isEmpty()) {
            handOffs = new LinkedHashMap<>(2);
        }
        return handOffs.computeIfAbsent(buffer, HandOff::new);
    }

    private void askForCommit() {
        phase = Phase.COMMITTING;
        handOffs.values().forEach(HandOff::prepare);
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        if (!watched) {
            askForCommit();
        }
    }

    @Override
    public void afterCommit() {
        if (watched) {
            phase = Phase.COMMITTED;
        }
    }

    @Override
    public void afterCompletion(int status) {
        if (bound() == this) {
            TransactionSynchronizationManager.unbindResource(KEY);
        }
        if (status != STATUS_ROLLED_BACK || phase != Phase.RUNNING) {
            handOffs.values().forEach(handOff -> handOff.handOver(status == STATUS_COMMITTED));
        }
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResourceIfPossible(KEY);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.bindResource(KEY, this);
    }

    /**
     * First where it is watched, so that it knows of the commit before others publish after it. Else last: whatever another
     * synchronization publishes before the commit is part of it.
     */
    @Override
    public int getOrder() {
        return watched ? Ordered.HIGHEST_PRECEDENCE : Ordered.LOWEST_PRECEDENCE;
    }
}

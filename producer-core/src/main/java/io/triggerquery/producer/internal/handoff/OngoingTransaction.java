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
 * registered while JPA flushes is not called before the commit at all. Therefore a {@link TransactionWatch} on
 * the manager <em>watches</em> a transaction from its begin to the last moment before its commit. If the manager is not
 * a bean, it is not watched: then the first publishing creates this object, and {@link CallStack} determines the phase.
 *
 * <p>Triggers are not handed over in {@code afterCommit}. Spring does not call it if the answer to a COMMIT is lost,
 * and the status is then "rolled back" although the change is stored. Once the commit was requested, all triggers are
 * handed over, whatever the status: an unnecessary trigger is harmless, a missing one is not.
 *
 * <p>Threads: that of the transaction.
 */
public final class OngoingTransaction implements TransactionSynchronization {

    /** The phase of a transaction. */
    public enum Phase {
        /** The commit has not been requested. */
        RUNNING,
        /** The commit was requested; the transaction may still roll back. */
        COMMITTING,
        /** The transaction has committed. */
        COMMITTED,
        /** The transaction may have committed, so a statement may run outside of any transaction. */
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

    /** Returns the current transaction; null if there is none or it has completed. */
    public static @Nullable OngoingTransaction current() {
        // after completion no synchronization is called any more, although the transaction still counts as active
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()) {
            return null;
        }
        OngoingTransaction current = bound();
        if (current != null && (current.watched || current.isRegistered())) {
            return current;
        }
        if (current != null) {
            // left by a manager that does not report the end of a transaction: triggers added to it would be lost
            TransactionSynchronizationManager.unbindResource(KEY);
        }
        OngoingTransaction unwatched = new OngoingTransaction(false, CallStack.phase());
        unwatched.register();
        return unwatched;
    }

    /** Starts to watch a transaction that has just begun on a watched manager. */
    static void afterBegin() {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            // left by a manager that does not report the end of a transaction
            if (bound() != null) {
                TransactionSynchronizationManager.unbindResource(KEY);
            }
            new OngoingTransaction(true, Phase.RUNNING).register();
        }
    }

    /** Prepares the current transaction's commit, after all synchronizations were called. */
    static void beforeWatchedCommit() {
        OngoingTransaction current = bound();
        if (current != null && current.watched) {
            current.prepareCommit();
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

    /** Returns the phase of this transaction. */
    public Phase phase() {
        return watched || phase == Phase.RUNNING ? phase : CallStack.phaseOfCommit();
    }

    /** Returns the triggers of this transaction for a buffer. */
    HandOff handOff(TriggerBuffer buffer) {
        if (handOffs.isEmpty()) {
            handOffs = new LinkedHashMap<>(2);
        }
        return handOffs.computeIfAbsent(buffer, HandOff::new);
    }

    private void prepareCommit() {
        phase = Phase.COMMITTING;
        handOffs.values().forEach(HandOff::prepare);
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        if (!watched) {
            prepareCommit();
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
     * Returns the highest precedence if watched, so that the phase is right before other synchronizations publish after
     * the commit; else the lowest, so that triggers that others publish before the commit are included.
     */
    @Override
    public int getOrder() {
        return watched ? Ordered.HIGHEST_PRECEDENCE : Ordered.LOWEST_PRECEDENCE;
    }
}

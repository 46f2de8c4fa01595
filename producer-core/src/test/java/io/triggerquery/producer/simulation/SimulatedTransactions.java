package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.handoff.TransactionWatch;
import io.triggerquery.producer.simulation.SimulatedDatabase.Commit;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** The transaction manager of a process. A transaction can be detached from the thread while others continue. */
final class SimulatedTransactions extends AbstractPlatformTransactionManager {

    private static final long serialVersionUID = 1;

    /** How long after the request the database may still commit for a client that is gone. */
    static final long LATEST_COMMIT_NANOS = 28_000_000_000L;

    private final transient SimulatedWorld world;
    private final transient SimulatedProcess process;
    transient SimulatedDatabase.Transaction bound;
    transient Commit next = Commit.DONE;

    /** Whether the last commit has reached the database. */
    transient boolean reached;

    SimulatedTransactions(SimulatedWorld world, SimulatedProcess process, boolean watched) {
        this.world = world;
        this.process = process;
        setRollbackOnCommitFailure(world.random.nextBoolean());
        if (watched) {
            new TransactionWatch().postProcessAfterInitialization(this, "transactions");
        }
    }

    /** Suspends a transaction. */
    Object detach(DefaultTransactionStatus status) {
        return suspend(status.getTransaction());
    }

    void attach(DefaultTransactionStatus status, Object suspended) {
        resume(status.getTransaction(), (SuspendedResourcesHolder) suspended);
    }

    @Override
    protected Object doGetTransaction() {
        return bound == null ? new Object[1] : new Object[] {bound};
    }

    @Override
    protected boolean isExistingTransaction(Object transaction) {
        return ((Object[]) transaction)[0] != null;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        bound = world.database.begin();
        ((Object[]) transaction)[0] = bound;
    }

    @Override
    protected Object doSuspend(Object transaction) {
        Object suspended = bound;
        bound = null;
        return suspended;
    }

    @Override
    protected void doResume(Object transaction, Object suspended) {
        bound = (SimulatedDatabase.Transaction) suspended;
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        SimulatedDatabase.Transaction transaction = bound;
        process.step();
        reached = true;
        Commit commit = world.database.away ? Commit.LOST : next;
        switch (commit) {
            case DONE, ANSWER_LOST -> transaction.commit();
            case REFUSED, LOST -> world.ledger.rolledBack(transaction.publications);
            case LATE -> world.time.later(world.random.nextLong(LATEST_COMMIT_NANOS), transaction::commit);
        }
        process.step();
        if (commit != Commit.DONE) {
            world.saw(commit == Commit.LATE ? SimulationEvent.COMMITTED_LATE : SimulationEvent.COMMIT_FAILED);
            throw new TransactionSystemException("for the simulation");
        }
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        // nothing to roll back after a COMMIT
    }

    @Override
    protected void doSetRollbackOnly(DefaultTransactionStatus status) {
        // recorded in the status
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        bound = null;
    }
}

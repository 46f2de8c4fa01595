package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.handoff.TransactionWatch;
import io.triggerquery.producer.simulation.SimulatedDatabase.Commit;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** A process's transaction manager on the simulated database. A transaction can be laid aside while others go on. */
final class SimulatedTransactions extends AbstractPlatformTransactionManager {

    private static final long serialVersionUID = 1;

    /** How long after its begin a database may still commit for a client that has gone. */
    static final long LATEST_NANOS = 28_000_000_000L;

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

    /** Takes a transaction off the thread. */
    Object layAside(DefaultTransactionStatus status) {
        return suspend(status.getTransaction());
    }

    void takeUp(DefaultTransactionStatus status, Object suspended) {
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
            case LATE -> world.time.later(world.random.nextLong(LATEST_NANOS), transaction::commit);
        }
        process.step();
        if (commit != Commit.DONE) {
            world.saw(commit == Commit.LATE ? Happening.COMMITTED_LATE : Happening.COMMIT_FAILED);
            throw new TransactionSystemException("for the simulation");
        }
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        // after a COMMIT there is nothing left to roll back
    }

    @Override
    protected void doSetRollbackOnly(DefaultTransactionStatus status) {
        // the status says so
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        bound = null;
    }
}

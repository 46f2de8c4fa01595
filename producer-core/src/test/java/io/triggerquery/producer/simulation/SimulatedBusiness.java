package io.triggerquery.producer.simulation;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import io.triggerquery.producer.simulation.SimulatedDatabase.Commit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The business code of the service: transactions that publish, and calls that publish outside of a transaction. */
final class SimulatedBusiness {

    private static final int IDS = 6;
    private static final int MAX_OPEN = 4;

    /** A suspended transaction. */
    private record Open(
            SimulatedProcess process,
            DefaultTransactionStatus status,
            SimulatedDatabase.Transaction transaction,
            Object suspended) {}

    private final SimulatedWorld world;
    private final List<Open> open = new ArrayList<>();
    private int fresh;

    /** Whether the thread is executing a transaction. */
    private boolean busy;

    SimulatedBusiness(SimulatedWorld world) {
        this.world = world;
    }

    boolean isIdle() {
        return !busy && open.isEmpty();
    }

    boolean isBusy() {
        return busy;
    }

    private int chance(int bound) {
        return world.random.nextInt(bound);
    }

    private Key anyKey() {
        List<String> destinations = world.scenario.destinations();
        String destination = destinations.get(chance(destinations.size()));
        return chance(2) == 0 ? new Key(destination, "id" + chance(IDS)) : freshKey(destination);
    }

    Key freshKey(String destination) {
        return new Key(destination, "new" + ++fresh);
    }

    /** Draws a version, which is a lower bound of the version after the commit. */
    private @Nullable Long anyBound(Key key) {
        return switch (chance(4)) {
            case 0 -> null;
            case 1 -> world.ledger.version(key);
            default -> world.ledger.version(key) + 1;
        };
    }

    /** Makes a change in its own transaction, and publishes outside of it. */
    void outside(SimulatedProcess process, Key key) {
        alone(process, () -> {
            Publication publication = world.ledger.changed(process, key, chance(2) == 0);
            process.given = new ArrayList<>(List.of(publication));
            publish(process, publication);
        });
    }

    void anythingOutside(SimulatedProcess process) {
        outside(process, anyKey());
    }

    /** Executes a transaction from its begin to its end. */
    void transaction(SimulatedProcess process, List<Key> keys, Commit commit) {
        int before = open.size();
        begin(process);
        if (open.size() > before) {
            Open begun = open.remove(open.size() - 1);
            resume(begun, () -> {
                boolean published = keys.stream().allMatch(key -> publish(begun, key, anyBound(key)));
                end(begun, published ? commit : null);
            });
        }
    }

    void anyTransaction(SimulatedProcess process, Commit commit) {
        List<Key> keys = new ArrayList<>();
        for (int one = chance(3); one >= 0; one--) {
            keys.add(anyKey());
        }
        transaction(process, keys, commit);
    }

    /** Begins a transaction and suspends it. */
    void begin(SimulatedProcess process) {
        if (open.size() < MAX_OPEN && !world.database.away) {
            alone(process, () -> {
                var status = (DefaultTransactionStatus)
                        process.transactions.getTransaction(new DefaultTransactionDefinition());
                SimulatedDatabase.Transaction transaction = process.transactions.bound;
                open.add(new Open(process, status, transaction, process.transactions.detach(status)));
            });
        }
    }

    /** Continues a suspended transaction. */
    void continueAny(@Nullable Commit commit) {
        if (busy || open.isEmpty()) {
            return;
        }
        Open one = open.remove(chance(open.size()));
        if (chance(3) == 0 && commit != null) {
            resume(one, () -> end(one, commit));
            return;
        }
        resume(one, () -> {
            Key key = anyKey();
            if (!publish(one, key, anyBound(key))) {
                end(one, null);
            } else {
                open.add(new Open(
                        one.process(),
                        one.status(),
                        one.transaction(),
                        one.process().transactions.detach(one.status())));
            }
        });
    }

    void endAll() {
        while (!open.isEmpty()) {
            Open one = open.remove(0);
            resume(one, () -> end(one, Commit.DONE));
        }
    }

    /** Rolls back the open transactions of a process that has ended. */
    void died(SimulatedProcess process) {
        for (Open one : List.copyOf(open)) {
            if (one.process() == process) {
                open.remove(one);
                world.ledger.rolledBack(one.transaction().publications);
            }
        }
    }

    private void resume(Open one, Runnable action) {
        alone(one.process(), () -> {
            one.process().transactions.attach(one.status(), one.suspended());
            action.run();
        });
    }

    private boolean publish(Open one, Key key, @Nullable Long bound) {
        Publication publication =
                world.ledger.published(one.process(), new OutgoingTrigger(key.destination(), key.id(), bound));
        one.transaction().publications.add(publication);
        one.process().given = one.transaction().publications;
        return publish(one.process(), publication);
    }

    /** Publishes. Returns whether the transaction may continue. */
    private boolean publish(SimulatedProcess process, Publication publication) {
        OutgoingTrigger trigger = publication.trigger;
        world.trace("publish", publication);
        try {
            Receipt receipt = trigger.version() == null
                    ? process.publisher.tryPublish(trigger.destination(), trigger.id())
                    : process.publisher.tryPublish(trigger.destination(), trigger.id(), trigger.version());
            if (receipt instanceof Receipt.Rejected) {
                world.saw(SimulationEvent.REJECTED);
                world.ledger.close(publication);
            }
            return !(receipt instanceof Receipt.Rejected);
        } catch (RuntimeException thrown) {
            // the caller receives the exception
            world.ledger.close(publication);
            return false;
        }
    }

    /** Ends a transaction; null means rollback. */
    private void end(Open one, @Nullable Commit commit) {
        SimulatedProcess process = one.process();
        List<Publication> publications = one.transaction().publications;
        process.given = publications;
        world.trace("end", process, commit, publications);
        if (commit == null) {
            process.transactions.rollback(one.status());
            world.ledger.rolledBack(publications);
            world.saw(SimulationEvent.ROLLED_BACK);
            return;
        }
        publications.forEach(publication -> publication.commitRequested = true);
        if (chance(6) == 0) {
            publishAfterwards(process);
        }
        process.transactions.next = commit;
        process.transactions.reached = false;
        try {
            process.transactions.commit(one.status());
            world.saw(SimulationEvent.COMMITTED);
        } catch (RuntimeException failed) {
            if (!process.transactions.reached) {
                world.ledger.rolledBack(publications);
            }
        }
        world.ledger.ended(publications);
    }

    private void publishAfterwards(SimulatedProcess process) {
        Key key = anyKey();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                world.saw(SimulationEvent.PUBLISHED_AFTER_COMMIT);
                Publication publication = world.ledger.changed(process, key, false);
                process.given.add(publication);
                publish(process, publication);
            }
        });
    }

    /** Executes an action during which nothing else is published on this thread. */
    private void alone(SimulatedProcess process, Runnable action) {
        if (busy || process.dead) {
            return;
        }
        busy = true;
        try {
            action.run();
        } catch (ProcessDied died) {
            world.saw(SimulationEvent.CRASHED_MIDWAY);
        } finally {
            busy = false;
            process.given = new ArrayList<>();
            TransactionSynchronizationManager.clear();
            List.copyOf(TransactionSynchronizationManager.getResourceMap().keySet())
                    .forEach(TransactionSynchronizationManager::unbindResourceIfPossible);
        }
        world.time.check();
    }
}

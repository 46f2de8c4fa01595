package io.triggerquery.faultinjection.child;

import io.triggerquery.faultinjection.journal.Entry.Begun;
import io.triggerquery.faultinjection.journal.Entry.Change;
import io.triggerquery.faultinjection.journal.Entry.Changed;
import io.triggerquery.faultinjection.journal.Entry.Ended;
import io.triggerquery.faultinjection.journal.Entry.Outcome;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A business transaction that changes some rows and publishes their ids, or sometimes rolls back. */
final class RandomTransaction implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(RandomTransaction.class);
    private static final String UPSERT = "insert into thing values (?, 1)"
            + " on conflict (id) do update set version = thing.version + 1 returning version";

    private final TransactionTemplate transactions;
    private final JdbcClient jdbc;
    private final Publishing publishing;
    private final Out out;
    private final RandomIds ids;
    private final AtomicLong count = new AtomicLong();

    RandomTransaction(
            TransactionTemplate transactions, JdbcClient jdbc, Publishing publishing, RandomIds ids, Out out) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.publishing = publishing;
        this.ids = ids;
        this.out = out;
    }

    @Override
    public void run() {
        String tx = ids.origin() + "-" + count.incrementAndGet();
        int dice = ThreadLocalRandom.current().nextInt(100);
        try {
            if (dice < 10) {
                outside(tx);
            } else {
                inside(tx, dice < 20);
            }
        } catch (RuntimeException e) {
            log.info("Transaction {} failed", tx, e);
            reportEnd(tx, Outcome.UNKNOWN);
        }
    }

    /** Publishes after the commit, with any auto-commit setting of the pool. */
    private void outside(String tx) {
        List<String> one = List.of(ids.next());
        out.report(new Begun(tx, System.currentTimeMillis(), false, one));
        transactions.executeWithoutResult(status -> change(tx, one));
        boolean accepted = publishing.publish(one.get(0));
        reportEnd(tx, accepted ? Outcome.COMMITTED : Outcome.REJECTED);
    }

    private void inside(String tx, boolean undo) {
        List<String> some = ids.some();
        AtomicBoolean accepted = new AtomicBoolean(true);
        out.report(new Begun(tx, System.currentTimeMillis(), publishing.isPartOfTransaction(), some));
        transactions.executeWithoutResult(status -> {
            change(tx, some);
            publishing.inPhase(() -> accepted.set(publish(some)));
            if (undo) {
                status.setRollbackOnly();
            }
        });
        Outcome committed = accepted.get() ? Outcome.COMMITTED : Outcome.REJECTED;
        reportEnd(tx, undo ? Outcome.ROLLED_BACK : committed);
    }

    /** Publishes all ids, and returns whether all are accepted. */
    private boolean publish(List<String> ids) {
        return ids.stream().filter(publishing::publish).count() == ids.size();
    }

    private void change(String tx, List<String> ids) {
        List<Change> changes = ids.stream()
                .map(id -> new Change(
                        id, jdbc.sql(UPSERT).param(id).query(Long.class).single()))
                .toList();
        out.report(new Changed(tx, System.currentTimeMillis(), changes));
    }

    private void reportEnd(String tx, Outcome outcome) {
        out.report(new Ended(tx, System.currentTimeMillis(), outcome));
    }
}

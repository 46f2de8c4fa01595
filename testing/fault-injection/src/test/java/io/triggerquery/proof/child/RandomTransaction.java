package io.triggerquery.proof.child;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.proof.journal.Entry;
import io.triggerquery.proof.journal.Entry.Begun;
import io.triggerquery.proof.journal.Entry.Change;
import io.triggerquery.proof.journal.Entry.Changed;
import io.triggerquery.proof.journal.Entry.Ended;
import io.triggerquery.proof.journal.Entry.Outcome;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** One business transaction: changes a few things, publishes their ids, and sometimes thinks better of it. */
final class RandomTransaction implements Runnable {

    static final String DESTINATION = "changed";

    private static final Logger log = LoggerFactory.getLogger(RandomTransaction.class);
    private static final String UPSERT = "insert into thing values (?, 1)"
            + " on conflict (id) do update set version = thing.version + 1 returning version";

    private final TransactionTemplate transactions;
    private final JdbcClient jdbc;
    private final TriggerPublisher publisher;
    private final Out out;
    private final RandomIds ids;
    private final AtomicLong count = new AtomicLong();

    RandomTransaction(
            TransactionTemplate transactions, JdbcClient jdbc, TriggerPublisher publisher, RandomIds ids, Out out) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.publisher = publisher;
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
            log.info("Transaction {} has thrown", tx, e);
            out.tell(new Ended(tx, System.currentTimeMillis(), Outcome.UNKNOWN));
        }
    }

    private void outside(String tx) {
        List<String> one = List.of(ids.next());
        out.tell(new Begun(tx, System.currentTimeMillis(), false, one));
        change(tx, one);
        Receipt receipt = publisher.tryPublish(DESTINATION, one.get(0));
        boolean rejected = receipt instanceof Receipt.Rejected;
        out.tell(new Ended(tx, System.currentTimeMillis(), rejected ? Outcome.REJECTED : Outcome.COMMITTED));
    }

    private void inside(String tx, boolean undo) {
        List<String> some = ids.some();
        out.tell(new Begun(tx, System.currentTimeMillis(), true, some));
        transactions.executeWithoutResult(status -> {
            change(tx, some);
            some.forEach(id -> publisher.tryPublish(DESTINATION, id));
            if (undo) {
                status.setRollbackOnly();
            }
        });
        out.tell(new Ended(tx, System.currentTimeMillis(), undo ? Outcome.ROLLED_BACK : Outcome.COMMITTED));
    }

    private void change(String tx, List<String> ids) {
        List<Change> changes = ids.stream()
                .map(id -> new Change(
                        id, jdbc.sql(UPSERT).param(id).query(Long.class).single()))
                .toList();
        Entry changed = new Changed(tx, System.currentTimeMillis(), changes);
        out.tell(changed);
    }
}

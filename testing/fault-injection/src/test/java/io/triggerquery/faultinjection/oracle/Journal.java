package io.triggerquery.faultinjection.oracle;

import io.triggerquery.faultinjection.journal.Entry;
import io.triggerquery.faultinjection.journal.Entry.Begun;
import io.triggerquery.faultinjection.journal.Entry.Changed;
import io.triggerquery.faultinjection.journal.Entry.Ended;
import io.triggerquery.faultinjection.journal.Entry.Outcome;
import io.triggerquery.faultinjection.oracle.History.Outage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The events of one run: the reports of its children and the faults of children and servers. */
final class Journal {

    private final Map<String, TransactionRecord> transactions = new LinkedHashMap<>();
    private final Map<String, Long> reportedAt = new HashMap<>();
    private final Map<Integer, Long> deaths = new HashMap<>();
    private final List<Outage> outages = new ArrayList<>();
    private int lives;
    private long committed;

    /** Returns the number of the next child. */
    synchronized int nextLife() {
        return lives++;
    }

    synchronized void add(int life, Entry entry) {
        if (entry instanceof Begun begun) {
            transactions.put(begun.tx(), new TransactionRecord(life, begun, null, null));
        } else if (entry instanceof Changed changed) {
            transactions.computeIfPresent(
                    changed.tx(),
                    (tx, transaction) -> new TransactionRecord(
                            transaction.life(), transaction.begun(), changed, transaction.ended()));
        } else if (entry instanceof Ended ended) {
            transactions.computeIfPresent(
                    ended.tx(),
                    (tx, transaction) -> new TransactionRecord(
                            transaction.life(), transaction.begun(), transaction.changed(), ended));
            committed += ended.outcome() == Outcome.COMMITTED ? changes(ended.tx()) : 0;
        }
    }

    private int changes(String tx) {
        TransactionRecord transaction = transactions.get(tx);
        return transaction == null || transaction.changed() == null
                ? 0
                : transaction.changed().changes().size();
    }

    /** Records an id of the log of undelivered triggers. */
    synchronized void reported(String id) {
        reportedAt.put(id, System.currentTimeMillis());
    }

    synchronized void died(int life) {
        deaths.put(life, System.currentTimeMillis());
    }

    /** Records an outage of the broker, or of a part of it, from this time until now. */
    synchronized void away(long fromMillis) {
        outages.add(new Outage(fromMillis, System.currentTimeMillis()));
    }

    /** Returns the number of changes that are known to be committed. */
    synchronized long committed() {
        return committed;
    }

    synchronized Judge judge(Window admitted) {
        History history = new History(Map.copyOf(deaths), List.copyOf(outages));
        return new Judge(admitted, history, List.copyOf(transactions.values()), Map.copyOf(reportedAt));
    }
}

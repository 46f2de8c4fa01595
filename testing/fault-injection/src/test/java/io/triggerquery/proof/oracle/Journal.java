package io.triggerquery.proof.oracle;

import io.triggerquery.proof.journal.Entry;
import io.triggerquery.proof.journal.Entry.Begun;
import io.triggerquery.proof.journal.Entry.Changed;
import io.triggerquery.proof.journal.Entry.Ended;
import io.triggerquery.proof.journal.Entry.Outcome;
import io.triggerquery.proof.oracle.History.Outage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the children of one run have told, and what was done to them and to the servers. */
final class Journal {

    private final Map<String, Doing> doings = new LinkedHashMap<>();
    private final Map<String, Long> reportedAt = new HashMap<>();
    private final Map<Integer, Long> deaths = new HashMap<>();
    private final List<Outage> outages = new ArrayList<>();
    private int lives;
    private long committed;

    /** The number of a child that is about to start. */
    synchronized int nextLife() {
        return lives++;
    }

    synchronized void add(int life, Entry entry) {
        if (entry instanceof Begun begun) {
            doings.put(begun.tx(), new Doing(life, begun, null, null));
        } else if (entry instanceof Changed changed) {
            doings.computeIfPresent(
                    changed.tx(), (tx, doing) -> new Doing(doing.life(), doing.begun(), changed, doing.ended()));
        } else if (entry instanceof Ended ended) {
            doings.computeIfPresent(
                    ended.tx(), (tx, doing) -> new Doing(doing.life(), doing.begun(), doing.changed(), ended));
            committed += ended.outcome() == Outcome.COMMITTED ? changes(ended.tx()) : 0;
        }
    }

    private int changes(String tx) {
        Doing doing = doings.get(tx);
        return doing == null || doing.changed() == null
                ? 0
                : doing.changed().changes().size();
    }

    /** An id is in the log of undelivered triggers. */
    synchronized void reported(String id) {
        reportedAt.put(id, System.currentTimeMillis());
    }

    synchronized void died(int life) {
        deaths.put(life, System.currentTimeMillis());
    }

    /** The broker, or a part of it, has been away from then until now. */
    synchronized void away(long fromMillis) {
        outages.add(new Outage(fromMillis, System.currentTimeMillis()));
    }

    /** How many changes are known to be committed. */
    synchronized long committed() {
        return committed;
    }

    synchronized Judge judge(Window admitted) {
        History history = new History(Map.copyOf(deaths), List.copyOf(outages));
        return new Judge(admitted, history, List.copyOf(doings.values()), Map.copyOf(reportedAt));
    }
}

package io.triggerquery.proof.oracle;

import io.triggerquery.proof.journal.Entry;
import io.triggerquery.proof.journal.Entry.Begun;
import io.triggerquery.proof.journal.Entry.Changed;
import io.triggerquery.proof.journal.Entry.Ended;
import io.triggerquery.proof.journal.Entry.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the children of one run have told of their transactions. */
final class Journal {

    private final Map<String, Doing> doings = new LinkedHashMap<>();
    private long committed;

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

    /** How many changes are known to be committed. */
    synchronized long committed() {
        return committed;
    }

    synchronized List<Doing> all() {
        return List.copyOf(doings.values());
    }
}

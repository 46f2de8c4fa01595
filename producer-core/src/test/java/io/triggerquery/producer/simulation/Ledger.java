package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import io.triggerquery.producer.simulation.Publication.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was published, and what the strategies' rows in {@code docs/producer.md} promise of it. */
final class Ledger {

    /** When the broker was last given a trigger of an id. */
    private final Map<Key, Long> arrived = new HashMap<>();

    private final SimulatedWorld world;
    private final List<Publication> open = new ArrayList<>();
    private final Set<Key> mayBeSent = new HashSet<>();
    private final Set<Key> doubtful = new HashSet<>();
    private final Map<Key, Long> versions = new HashMap<>();

    Ledger(SimulatedWorld world) {
        this.world = world;
    }

    /** The version that an id has in the database. */
    long version(Key key) {
        return versions.getOrDefault(key, 0L);
    }

    /** A change was made before it is published. */
    Publication changed(SimulatedProcess process, Key key, boolean versioned) {
        long version = versions.merge(key, 1L, Long::sum);
        Publication publication =
                published(process, new OutgoingTrigger(key.destination(), key.id(), versioned ? version : null));
        publication.asked = true;
        owe(publication);
        return publication;
    }

    Publication published(SimulatedProcess process, OutgoingTrigger trigger) {
        Publication publication = new Publication(
                process, trigger, process.strategy(trigger.destination()).inTable());
        open.add(publication);
        return publication;
    }

    /** The changes are there: from now on a query finds them. */
    void committed(Collection<Publication> publications) {
        for (Publication publication : publications) {
            versions.merge(publication.key(), 1L, Long::sum);
            owe(publication);
        }
    }

    /** There is no change, or it was there before. */
    void owe(Publication publication) {
        mayBeSent.add(publication.key());
        if (publication.state == State.RUNNING) {
            world.trace("owed", publication);
            publication.state = State.OWED;
            publication.owedSince = world.time.now();
        }
    }

    /** There is no change, and there will be none. */
    void rolledBack(Collection<Publication> publications) {
        for (Publication publication : publications) {
            if (publication.asked && !publication.inTable) {
                mayBeSent(List.of(publication.trigger));
            }
            close(publication);
        }
    }

    /** Nobody knows how their transaction has ended: one too many may be sent. */
    void ended(Collection<Publication> publications) {
        for (Publication publication : publications) {
            if (publication.asked && !publication.inTable) {
                mayBeSent.add(publication.key());
                if (publication.state != State.OWED) {
                    doubtful.add(publication.key());
                }
            }
        }
    }

    void close(Publication publication) {
        if (publication.state != State.CLOSED) {
            world.trace("closed", publication);
            publication.state = State.CLOSED;
            open.remove(publication);
        }
    }

    /** A keeper says that these outlive the process, of those that it is being given. */
    void durable(Collection<Publication> given, Collection<OutgoingTrigger> kept) {
        Set<Key> keys = new HashSet<>();
        kept.forEach(trigger -> keys.add(trigger.key()));
        for (Publication publication : given) {
            publication.durable |= keys.contains(publication.key());
        }
    }

    /** These were given up, and that is in the log. */
    void reported(SimulatedProcess process, Key key) {
        for (Publication publication : List.copyOf(open)) {
            if (publication.process == process && publication.key().equals(key) && !publication.inTable) {
                world.saw(Happening.REPORTED);
                close(publication);
            }
        }
    }

    /** What only this process had is lost with it, which the strategy's row says. */
    void died(SimulatedProcess process) {
        for (Publication publication : List.copyOf(open)) {
            if (publication.process == process && !publication.inTable) {
                if (publication.asked) {
                    mayBeSent(List.of(publication.trigger));
                }
                if (!publication.durable) {
                    world.saw(Happening.LOST_WITH_ITS_PROCESS);
                    close(publication);
                }
            }
        }
    }

    /** A process has stopped: what only it had must have been sent or reported. */
    void exited(SimulatedProcess process) {
        // what was in the middle of it ends with it
        for (Publication publication : process.given) {
            if (publication.asked) {
                mayBeSent(List.of(publication.trigger));
            }
            if (!publication.durable && !publication.inTable) {
                close(publication);
            }
        }
        for (Publication publication : List.copyOf(open)) {
            if (publication.process != process || publication.inTable) {
                continue;
            }
            // a disk that was too slow has it by now
            publication.durable |= process.machine.disk.holds(publication.key());
            if (!publication.durable) {
                world.time.violated("neither sent nor reported by the process that stopped:", publication);
            }
        }
    }

    /** These may be sent, though there is no change. */
    void mayBeSent(Collection<OutgoingTrigger> triggers) {
        for (OutgoingTrigger trigger : triggers) {
            mayBeSent.add(trigger.key());
            doubtful.add(trigger.key());
        }
    }

    /** A trigger is handed to the broker. */
    void sending(OutgoingTrigger trigger) {
        if (!mayBeSent.contains(trigger.key())) {
            world.time.violated("P1: sent without or before a commit:", trigger);
        }
        if (trigger.version() != null
                && trigger.version() > version(trigger.key())
                && !doubtful.contains(trigger.key())) {
            world.time.violated("P1: claims a version that is not there:", trigger, version(trigger.key()));
        }
    }

    /** The broker has a trigger, so that a consumer looks. */
    void appended(OutgoingTrigger trigger) {
        arrived.put(trigger.key(), world.time.now());
        for (Iterator<Publication> each = open.iterator(); each.hasNext(); ) {
            Publication publication = each.next();
            if (publication.state == State.OWED
                    && publication.key().equals(trigger.key())
                    && publication.isCoveredBy(trigger.version())) {
                world.trace("covered", publication);
                publication.state = State.CLOSED;
                each.remove();
            }
        }
    }

    /** Whether what has to be sent of this id was not, or not by that time; what was given up is not late. */
    boolean isLate(Key key, long nanos) {
        return owes(key) || arrived.getOrDefault(key, nanos) > nanos;
    }

    /** Whether something of this id has to be sent and was not. */
    boolean owes(Key key) {
        return owed().stream().anyMatch(one -> one.key().equals(key));
    }

    /** What has to be sent and was not. */
    List<Publication> owed() {
        return open.stream().filter(one -> one.state == State.OWED).toList();
    }
}

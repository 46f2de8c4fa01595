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

/** Records what was published, and checks what {@code docs/producer.md} promises for each strategy. */
final class Ledger {

    /** The time at which the broker last received a trigger of an id. */
    private final Map<Key, Long> arrived = new HashMap<>();

    private final SimulatedWorld world;
    private final List<Publication> open = new ArrayList<>();
    private final Set<Key> mayBeSent = new HashSet<>();
    private final Set<Key> doubtful = new HashSet<>();
    private final Map<Key, Long> versions = new HashMap<>();

    Ledger(SimulatedWorld world) {
        this.world = world;
    }

    /** The current version of an id in the database. */
    long version(Key key) {
        return versions.getOrDefault(key, 0L);
    }

    /** Records a change that was made before its trigger is published. */
    Publication changed(SimulatedProcess process, Key key, boolean versioned) {
        long version = versions.merge(key, 1L, Long::sum);
        Publication publication =
                published(process, new OutgoingTrigger(key.destination(), key.id(), versioned ? version : null));
        publication.commitRequested = true;
        owe(publication);
        return publication;
    }

    Publication published(SimulatedProcess process, OutgoingTrigger trigger) {
        Publication publication = new Publication(
                process, trigger, process.strategy(trigger.destination()).inTable());
        open.add(publication);
        return publication;
    }

    /** The changes are committed: a query finds them from now on. */
    void committed(Collection<Publication> publications) {
        for (Publication publication : publications) {
            versions.merge(publication.key(), 1L, Long::sum);
            owe(publication);
        }
    }

    /** Records that the trigger has to be sent from now on. */
    void owe(Publication publication) {
        mayBeSent.add(publication.key());
        if (publication.state == State.RUNNING) {
            world.trace("owed", publication);
            publication.state = State.OWED;
            publication.owedSince = world.time.now();
        }
    }

    /** The changes were rolled back. */
    void rolledBack(Collection<Publication> publications) {
        for (Publication publication : publications) {
            if (publication.commitRequested && !publication.inTable) {
                mayBeSent(List.of(publication.trigger));
            }
            close(publication);
        }
    }

    /** The transaction has ended, possibly in doubt: a trigger may be sent without a change. */
    void ended(Collection<Publication> publications) {
        for (Publication publication : publications) {
            if (publication.commitRequested && !publication.inTable) {
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

    /** A buffer has confirmed that these triggers survive the process. */
    void durable(Collection<Publication> given, Collection<OutgoingTrigger> kept) {
        Set<Key> keys = new HashSet<>();
        kept.forEach(trigger -> keys.add(trigger.key()));
        for (Publication publication : given) {
            publication.durable |= keys.contains(publication.key());
        }
    }

    /** A trigger was given up and reported in the log. */
    void reported(SimulatedProcess process, Key key) {
        for (Publication publication : List.copyOf(open)) {
            if (publication.process == process && publication.key().equals(key) && !publication.inTable) {
                world.saw(SimulationEvent.REPORTED);
                close(publication);
            }
        }
    }

    /** A process has died. Triggers that only it had are lost, as documented for their strategy. */
    void died(SimulatedProcess process) {
        for (Publication publication : List.copyOf(open)) {
            if (publication.process == process && !publication.inTable) {
                if (publication.commitRequested) {
                    mayBeSent(List.of(publication.trigger));
                }
                if (!publication.durable) {
                    world.saw(SimulationEvent.LOST_WITH_ITS_PROCESS);
                    close(publication);
                }
            }
        }
    }

    /** A process has stopped. Triggers that only it had must have been sent or reported. */
    void exited(SimulatedProcess process) {
        // calls in progress end with the process
        for (Publication publication : process.given) {
            if (publication.commitRequested) {
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
            // a slow disk has written the trigger by now
            publication.durable |= process.machine.disk.holds(publication.key());
            if (!publication.durable) {
                world.time.violated("neither sent nor reported by the process that stopped:", publication);
            }
        }
    }

    /** The triggers may be sent although there is no change. */
    void mayBeSent(Collection<OutgoingTrigger> triggers) {
        for (OutgoingTrigger trigger : triggers) {
            mayBeSent.add(trigger.key());
            doubtful.add(trigger.key());
        }
    }

    /** A trigger is being sent to the broker. */
    void sending(OutgoingTrigger trigger) {
        if (!mayBeSent.contains(trigger.key())) {
            world.time.violated("P1: sent without or before a commit:", trigger);
        }
        if (trigger.version() != null
                && trigger.version() > version(trigger.key())
                && !doubtful.contains(trigger.key())) {
            world.time.violated("P1: the version of the trigger does not exist yet:", trigger, version(trigger.key()));
        }
    }

    /** The broker has a trigger, so that a consumer queries the state. */
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

    /** Whether a trigger of the id is still owed, or arrived after the given time. A trigger that was given up is not late. */
    boolean isLate(Key key, long nanos) {
        return owes(key) || arrived.getOrDefault(key, nanos) > nanos;
    }

    /** Whether a trigger of the id still has to be sent. */
    boolean owes(Key key) {
        return owed().stream().anyMatch(one -> one.key().equals(key));
    }

    /** The triggers that still have to be sent. */
    List<Publication> owed() {
        return open.stream().filter(one -> one.state == State.OWED).toList();
    }
}

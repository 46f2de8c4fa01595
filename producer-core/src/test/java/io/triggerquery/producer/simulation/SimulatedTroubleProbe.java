package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import io.triggerquery.producer.simulation.SimulatedBroker.Health;
import io.triggerquery.producer.simulation.SimulatedDatabase.Commit;
import java.util.List;

/** Tries what a store and a partition in trouble do to triggers, while nothing else happens. */
final class SimulatedTroubleProbe {

    private static final long SECOND = 1_000_000_000L;

    /** How soon after its return a store has to be worked again. */
    private static final long SOON = 15 * SECOND;

    /** How soon an operator's retry has to be followed by a try. */
    private static final long AT_ONCE = SECOND;

    /** How long a partition may have no leader before somebody is told. */
    private static final long UNNOTICED = 120 * SECOND;

    private static final int IDS = 12;

    private final SimulatedWorld world;
    private final SimulatedBusiness business;

    SimulatedTroubleProbe(SimulatedWorld world, SimulatedBusiness business) {
        this.world = world;
        this.business = business;
    }

    /** The database is away for a while, and a transaction commits as soon as it is back. */
    void store(SimulatedProcess process) {
        boolean retried = Expectation.A_RETRY_REACHES_THE_STORE.isOn() && world.random.nextBoolean();
        String destination = world.scenario.destinations().get(0);
        if (!retried && !Expectation.A_STORE_IS_TRIED_AGAIN_SOON.isOn()
                || process.strategy(destination) != Kind.OUTBOX
                || !SimulatedProbe.isCalm(world, business, process)
                || world.broker.health.containsValue(Health.AWAY)
                || !SimulatedProbe.isWell(world, process, destination)) {
            return;
        }
        world.quiet = true;
        world.database.away = true;
        world.time.pass((10 + world.random.nextInt(600)) * SECOND);
        world.database.away = false;
        Key key = business.freshKey(destination);
        business.transaction(process, List.of(key), Commit.DONE);
        if (retried) {
            process.relay(destination).retry(destination, null);
        }
        long end = world.time.now() + (retried ? AT_ONCE : SOON);
        world.time.await(() -> !world.ledger.owes(key), end - world.time.now());
        if (world.ledger.isLate(key, end)) {
            world.time.violated("waits for the pause of a store that is back:", key);
        }
    }

    /** A partition has no leader for a while, and triggers of it are published. */
    void partition(SimulatedProcess process) {
        String destination = world.scenario.destinations().get(0);
        if (!Expectation.A_PARTIAL_OUTAGE_IS_ALARMED.isOn()
                || process.setup.chains().get(destination).contains(Kind.RETRY)
                || !SimulatedProbe.isCalm(world, business, process)
                || !SimulatedProbe.isWell(world, process, destination)) {
            return;
        }
        world.quiet = true;
        world.broker.health.put(destination, Health.PARTIAL);
        boolean waits = false;
        for (int n = 0; n < IDS; n++) {
            Key key = business.freshKey(destination);
            business.transaction(process, List.of(key), Commit.DONE);
            world.time.pass(SECOND);
            waits |= world.ledger.owes(key);
        }
        world.time.pass(UNNOTICED);
        if (waits && process.watches.values().stream().noneMatch(watch -> watch.isTold(destination))) {
            world.time.violated("no alarm of a partition without a leader of", destination);
        }
    }
}

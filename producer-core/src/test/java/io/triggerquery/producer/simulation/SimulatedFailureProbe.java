package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import io.triggerquery.producer.simulation.SimulatedBroker.Health;
import io.triggerquery.producer.simulation.SimulatedDatabase.Commit;
import java.util.List;

/** Checks the effects of a failing store or partition while nothing else happens. */
final class SimulatedFailureProbe {

    private static final long SECOND = 1_000_000_000L;

    /** The time within which a recovered store must be used again. */
    private static final long SOON = 15 * SECOND;

    /** The time within which an operator's retry must have an effect. */
    private static final long PROMPT = SECOND;

    /** How long a partition may have no leader before an alarm. */
    private static final long ALARM_AFTER = 120 * SECOND;

    private static final int IDS = 12;

    private final SimulatedWorld world;
    private final SimulatedBusiness business;

    SimulatedFailureProbe(SimulatedWorld world, SimulatedBusiness business) {
        this.world = world;
        this.business = business;
    }

    /** Makes the database unavailable for a while, and commits a transaction as soon as it is back. */
    void store(SimulatedProcess process) {
        boolean retried = Expectation.A_RETRY_REACHES_THE_STORE.isOn() && world.random.nextBoolean();
        String destination = world.scenario.destinations().get(0);
        if (!retried && !Expectation.A_STORE_IS_TRIED_AGAIN_SOON.isOn()
                || process.strategy(destination) != Kind.OUTBOX
                || !SimulatedProbe.isCalm(world, business, process)
                || world.broker.health.containsValue(Health.AWAY)
                || !SimulatedProbe.isHealthy(world, process, destination)) {
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
        long end = world.time.now() + (retried ? PROMPT : SOON);
        world.time.await(() -> !world.ledger.owes(key), end - world.time.now());
        if (world.ledger.isLate(key, end)) {
            world.time.violated("waits although the store has recovered:", key);
        }
    }

    /** Publishes triggers while a partition has no leader. */
    void partition(SimulatedProcess process) {
        String destination = world.scenario.destinations().get(0);
        if (!Expectation.A_PARTIAL_OUTAGE_RAISES_AN_ALARM.isOn()
                || process.setup.chains().get(destination).contains(Kind.RETRY)
                || !SimulatedProbe.isCalm(world, business, process)
                || !SimulatedProbe.isHealthy(world, process, destination)) {
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
        world.time.pass(ALARM_AFTER);
        if (waits && process.watches.values().stream().noneMatch(watch -> watch.isReported(destination))) {
            world.time.violated("no alarm for a partition without a leader of", destination);
        }
    }
}

package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.relay.DestinationState;
import io.triggerquery.producer.internal.relay.TriggerRelay;
import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import io.triggerquery.producer.internal.spool.SimulatedDisk;
import io.triggerquery.producer.simulation.SimulatedBroker.Health;
import io.triggerquery.producer.simulation.SimulatedDatabase.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks how soon triggers are sent while nothing else happens. */
final class SimulatedProbe {

    private static final long MILLIS = 1_000_000;
    private static final long SECOND = 1_000 * MILLIS;

    /** A trigger wakes the relay, so it does not wait for the next poll, which is at least 500 ms later. */
    private static final long PROMPT = 100 * MILLIS;

    /** Each other destination may block the relay for one send, which also delays the poll. */
    private static final long LONGEST_SEND = 5_500 * MILLIS;

    /** The number of ids of a transaction before an outage is detected. */
    private static final int TOGETHER = 5;

    private final SimulatedWorld world;
    private final SimulatedBusiness business;

    SimulatedProbe(SimulatedWorld world, SimulatedBusiness business) {
        this.world = world;
        this.business = business;
    }

    /** Executes a transaction that publishes one trigger. */
    void probe(SimulatedProcess process) {
        List<String> destinations = world.scenario.destinations();
        String destination = destinations.get(world.random.nextInt(destinations.size()));
        if (!mayProbe(process, destination)) {
            return;
        }
        boolean alone = destinations.stream().allMatch(one -> isHealthy(world, process, one));
        boolean partial = world.broker.health.containsValue(Health.PARTIAL);
        if (!alone && partial && !Expectation.A_PARTIAL_OUTAGE_DELAYS_ONLY_ITSELF.isOn()) {
            return;
        }
        boolean sideBySide = partial || Expectation.AN_OUTAGE_DELAYS_ONLY_ITSELF.isOn();
        long bound = alone || sideBySide ? PROMPT : PROMPT + (destinations.size() - 1) * LONGEST_SEND;
        world.saw(alone ? SimulationEvent.PROBED : SimulationEvent.PROBED_DURING_AN_OUTAGE);
        world.quiet = true;
        // the unavailable destinations are being tried at this time
        destinations.stream().filter(other -> !isHealthy(world, process, other)).forEach(other -> {
            business.outside(process, business.freshKey(other));
            process.relay(other).retry(other, null);
        });
        Key key = business.freshKey(destination);
        business.transaction(process, List.of(key), Commit.DONE);
        long begun = world.time.now();
        world.time.await(() -> !world.ledger.owes(key), bound);
        // the clock may have passed the bound during a long send
        if (world.ledger.isLate(key, begun + bound)) {
            world.time.violated("a trigger of an available destination waits:", world.ledger.owed());
        }
    }

    static boolean isHealthy(SimulatedWorld world, SimulatedProcess process, String destination) {
        TriggerRelay relay = process.relay(destination);
        return world.broker.health.get(destination) == Health.HEALTHY
                && relay.destinationStates().get(destination) == DestinationState.OPEN;
    }

    private boolean mayProbe(SimulatedProcess process, String destination) {
        return isCalm(world, business, process)
                && isHealthy(world, process, destination)
                && process.relay(destination).store().backlog().pending() == 0
                && process.relay(destination).store().backlog().parked() < world.scenario.maxEntries();
    }

    static boolean isCalm(SimulatedWorld world, SimulatedBusiness business, SimulatedProcess process) {
        return business.isIdle()
                && !process.dead
                && !process.isStopping()
                && !world.database.away
                && !world.database.mayBePaused()
                && !world.statementsFail
                && !world.broker.losesAnswers
                && process.machine.disk.health == SimulatedDisk.Health.HEALTHY;
    }

    /** Causes an outage with a large backlog, and checks the drain after it. */
    void outage(SimulatedProcess process) {
        String destination = world.scenario.destinations().get(0);
        int rate = world.scenario.settings().drainPerSecond();
        int backlog = 3 * rate;
        if (process.setup.chains().get(destination).contains(Kind.RETRY)
                || world.scenario.processes() > 1
                || world.scenario.maxEntries() < 2 * backlog
                || !isCalm(world, business, process)
                || !world.scenario.destinations().stream().allMatch(one -> isHealthy(world, process, one))
                || process.relay(destination).store().backlog().pending() > 0) {
            return;
        }
        world.quiet = true;
        world.broker.health.put(destination, Health.AWAY);
        int before = process.watch(destination).attempts(destination);
        List<Key> keys = new ArrayList<>();
        for (int n = 0; n < backlog / TOGETHER; n++) {
            List<Key> together = Stream.generate(() -> business.freshKey(destination))
                    .limit(TOGETHER)
                    .toList();
            keys.addAll(together);
            business.transaction(process, together, Commit.DONE);
            world.time.pass(10 * MILLIS);
        }
        world.time.pass((5 + world.random.nextInt(20)) * SECOND);
        world.broker.health.put(destination, Health.HEALTHY);
        int tried = process.watch(destination).attempts(destination) - before;
        SimulatedProcess sender = process;
        if (Expectation.A_RESTART_DRAINS_SLOWLY.isOn() && process.strategy(destination) != Kind.MEMORY) {
            if (world.random.nextBoolean()) {
                sender = restarted(process);
            }
        }
        // the end of the last transaction may not have been on disk when the power failed
        boolean inDoubt = sender != process && process.strategy(destination) == Kind.DISK_WITH_INTENT;
        drains(sender, destination, keys, inDoubt ? tried + TOGETHER : tried);
    }

    private SimulatedProcess restarted(SimulatedProcess process) {
        new SimulatedOperations(world, business).crashAndRestart(process);
        return process.machine.process;
    }

    private void drains(SimulatedProcess process, String destination, List<Key> keys, int mayWait) {
        RelayWatch watch = process.watch(destination);
        int rate = world.scenario.settings().drainPerSecond();
        int before = watch.arrivals(destination);
        long longest = world.scenario.settings().schedule().lastPause().toNanos() * 2 + 10 * SECOND;
        world.time.await(() -> watch.arrivals(destination) > before, longest);
        if (watch.arrivals(destination) == before) {
            world.time.violated("nothing is sent after an outage of", destination);
        }
        world.time.pass(SECOND);
        // the rate with jitter, one share after the end of the second, and the probe
        int most = rate * 5 / 4 + Math.max(1, rate / 10) + 2;
        int sent = watch.arrivals(destination) - before;
        if (sent > most) {
            world.time.violated("sent", sent, "in a second after an outage, with a rate of", rate);
        }
        world.time.pass(7 * SECOND);
        long left = keys.stream().filter(world.ledger::owes).count();
        if (left > mayWait + 1) {
            world.time.violated(
                    "drains too slowly: of",
                    keys.size(),
                    "triggers",
                    left,
                    "are left, but at most",
                    mayWait,
                    "may wait");
        }
        world.saw(SimulationEvent.DRAINED);
    }
}

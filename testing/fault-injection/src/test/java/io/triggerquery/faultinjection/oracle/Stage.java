package io.triggerquery.faultinjection.oracle;

import io.triggerquery.faultinjection.world.Database;
import io.triggerquery.faultinjection.world.ProxiedBroker;
import io.triggerquery.faultinjection.world.RelayService;
import io.triggerquery.faultinjection.world.TinyDisk;
import io.triggerquery.faultinjection.world.World;
import io.triggerquery.testbed.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The services and servers that a fault acts on.
 *
 * @param spool the disk of the services
 * @param services the started services
 */
record Stage(
        World world, Plan plan, @Nullable RelayService relay, Path spool, List<Service> services, Journal journal) {

    int deaths() {
        return plan.deaths();
    }

    /** Runs the services until this part of all changes is made, and for a short random time after that. */
    void workUntil(double part) {
        long enough = Math.round(part * plan.changes());
        int more = ThreadLocalRandom.current().nextInt(1 + plan.changes() / 50);
        Await.until(part + " of all changes are done", () -> journal.committed() >= enough + more);
    }

    /** Kills a service; with several services, one after the other. */
    void killAndRestart(int death) {
        services.get(death % services.size()).killAndRestart();
    }

    /** Stops and starts one service after the other. */
    void restart() {
        services.forEach(Service::restart);
    }

    /** Stops and starts one service after the other, each with another strategy. */
    void changeStrategy() {
        services.forEach(Service::restartWithOtherStrategy);
    }

    void setClocks(Duration ahead) {
        services.forEach(service -> service.life().setClock(ahead));
    }

    /** Runs the services during an outage. */
    void outage(Runnable begin, Runnable meanwhile, Runnable end) {
        long from = System.currentTimeMillis();
        begin.run();
        meanwhile.run();
        long until = from + plan.outage().toMillis();
        Await.until("the outage is over", () -> System.currentTimeMillis() >= until);
        end.run();
        journal.away(from);
    }

    void fillDisk() {
        TinyDisk.fill(spool);
    }

    /** Returns when the partition that never fails has received more records. */
    void awaitOtherPartition() {
        String topic = services.get(0).application().topic();
        long enough = broker().inFirstPartition(topic) + plan.changes() / 50;
        Await.until("other partitions receive triggers", () -> broker().inFirstPartition(topic) >= enough);
    }

    RelayService requiredRelay() {
        return Objects.requireNonNull(relay, "the strategy has no relay service");
    }

    /** Runs the services while answers to commits are lost, and checks that some were. */
    void loseCommits(Runnable begin) {
        long before = database().lostCommits();
        begin.run();
        workUntil(1);
        database().loseAnswers(0);
        if (database().lostCommits() == before) {
            throw new IllegalStateException("The proxy has recognized no commit");
        }
    }

    Database database() {
        return world.database();
    }

    ProxiedBroker broker() {
        return world.broker();
    }

    /** Returns when no service makes changes. */
    void pause() {
        services.forEach(service -> service.life().pause());
    }

    /** Returns the number of all pending triggers. */
    long waiting() {
        return sum(ChildProcess::waiting) + (relay == null ? 0 : relay.waiting());
    }

    /** Returns the number of all parked triggers. */
    long parked() {
        return sum(ChildProcess::parked) + (relay == null ? 0 : relay.parked());
    }

    private long sum(ToLongFunction<ChildProcess> of) {
        return services.stream().map(Service::life).mapToLong(of).sum();
    }

    void stop() {
        services.forEach(service -> service.life().stop());
    }

    /** Ends the effects of a fault that has failed. */
    void close() {
        services.forEach(service -> service.life().kill());
        database().loseAnswers(0);
    }
}

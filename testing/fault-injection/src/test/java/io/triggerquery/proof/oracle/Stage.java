package io.triggerquery.proof.oracle;

import io.triggerquery.proof.world.Database;
import io.triggerquery.proof.world.ProxiedBroker;
import io.triggerquery.proof.world.RelayService;
import io.triggerquery.proof.world.TinyDisk;
import io.triggerquery.proof.world.World;
import io.triggerquery.testbed.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a fault plays on: the services and the servers.
 *
 * @param spool the disk that the services share
 * @param services those that are started by now
 */
record Stage(
        World world, Plan plan, @Nullable RelayService relay, Path spool, List<Service> services, Journal journal) {

    int deaths() {
        return plan.deaths();
    }

    /** Lets the services work until such a part of all changes is done, and at random a little longer. */
    void workUntil(double part) {
        long enough = Math.round(part * plan.changes());
        int more = ThreadLocalRandom.current().nextInt(1 + plan.changes() / 50);
        Patience.until(part + " of all changes are done", () -> journal.committed() >= enough + more);
    }

    /** Kills a service: one after the other, if there are several. */
    void killAndRestart(int death) {
        services.get(death % services.size()).killAndRestart();
    }

    /** Stops and starts one service after the other. */
    void restart() {
        services.forEach(Service::restart);
    }

    /** The same, and each has another strategy then. */
    void changeStrategy() {
        services.forEach(Service::restartWithOtherStrategy);
    }

    void setClocks(Duration ahead) {
        services.forEach(service -> service.life().setClock(ahead));
    }

    /** Works while something is away, and for as long as the outage lasts. */
    void outage(Runnable begin, Runnable meanwhile, Runnable end) {
        long from = System.currentTimeMillis();
        begin.run();
        meanwhile.run();
        long until = from + plan.outage().toMillis();
        Patience.until("the outage is over", () -> System.currentTimeMillis() >= until);
        end.run();
        journal.away(from);
    }

    void fillDisk() {
        TinyDisk.fill(spool);
    }

    /** Returns when the partition that never fails has got some more. */
    void awaitOtherPartition() {
        String topic = services.get(0).application().topic();
        long enough = broker().inFirstPartition(topic) + plan.changes() / 50;
        Patience.until(
                "others than the missing partition get triggers", () -> broker().inFirstPartition(topic) >= enough);
    }

    RelayService requiredRelay() {
        return Objects.requireNonNull(relay, "the strategy has no relay service");
    }

    /** Works while commits are lost, and sees to it that some are. */
    void loseCommits(Runnable begin) {
        long before = database().lostCommits();
        begin.run();
        workUntil(1);
        database().loseAnswers(0);
        if (database().lostCommits() == before) {
            throw new IllegalStateException("no commit was recognized on the wire");
        }
    }

    Database database() {
        return world.database();
    }

    ProxiedBroker broker() {
        return world.broker();
    }

    /** Returns when no service changes anything any more. */
    void pause() {
        services.forEach(service -> service.life().pause());
    }

    /** How many triggers wait anywhere. */
    long waiting() {
        return sum(Life::waiting) + (relay == null ? 0 : relay.waiting());
    }

    /** How many triggers wait for an operator. */
    long parked() {
        return sum(Life::parked) + (relay == null ? 0 : relay.parked());
    }

    private long sum(ToLongFunction<Life> of) {
        return services.stream().map(Service::life).mapToLong(of).sum();
    }

    void stop() {
        services.forEach(service -> service.life().stop());
    }

    /** Ends whatever a fault that has failed left behind. */
    void close() {
        services.forEach(service -> service.life().kill());
        database().loseAnswers(0);
    }
}

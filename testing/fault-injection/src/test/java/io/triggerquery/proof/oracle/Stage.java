package io.triggerquery.proof.oracle;

import io.triggerquery.proof.child.Child;
import io.triggerquery.proof.oracle.History.Outage;
import io.triggerquery.proof.world.Database;
import io.triggerquery.proof.world.RelayService;
import io.triggerquery.proof.world.TinyDisk;
import io.triggerquery.proof.world.World;
import io.triggerquery.testbed.Patience;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What a fault plays on: one child after the other, and the servers. */
final class Stage {

    private final World world;
    private final Plan plan;
    private final @Nullable RelayService relay;
    private final List<String> settings;
    private final Path log;
    private final Path spool;
    private final Journal journal = new Journal();
    private final Map<String, Long> reportedAt = new ConcurrentHashMap<>();
    private final Map<Integer, Long> deaths = new HashMap<>();
    private final List<Outage> outages = new ArrayList<>();
    private int lives;
    private Life child;
    private long outageFrom;

    Stage(World world, Plan plan, @Nullable RelayService relay, Map<String, String> settings, Path directory) {
        this.relay = relay;
        this.world = world;
        this.plan = plan;
        this.settings = new ArrayList<>();
        new TreeMap<>(settings).forEach((key, value) -> this.settings.add("--" + key + "=" + value));
        this.log = directory.resolve("child.log");
        this.spool = directory.resolve(Run.SPOOL);
        start();
    }

    private void start() {
        List<String> all = new ArrayList<>(settings);
        all.add("--" + Child.ORIGIN + "=" + (char) ('a' + lives));
        child = new Life(lives, Life.command(all), log, journal, reportedAt);
        lives++;
        child.go();
    }

    int deaths() {
        return plan.deaths();
    }

    /** Lets the child work until such a part of all changes is done, and at random a little longer. */
    void workUntil(double part) {
        long enough = Math.round(part * plan.changes());
        int more = ThreadLocalRandom.current().nextInt(1 + plan.changes() / 50);
        Patience.until(part + " of all changes are done", () -> journal.committed() >= enough + more);
    }

    void killAndRestart() {
        child.kill();
        deaths.put(lives - 1, System.currentTimeMillis());
        start();
    }

    void cutBroker() {
        outageFrom = System.currentTimeMillis();
        world.broker().proxy().cut();
    }

    void outageOver() {
        long end = outageFrom + plan.outage().toMillis();
        Patience.until("the outage is over", () -> System.currentTimeMillis() >= end);
    }

    void healBroker() {
        world.broker().proxy().heal();
        outages.add(new Outage(outageFrom, System.currentTimeMillis()));
    }

    void fillDisk() {
        TinyDisk.fill(spool);
    }

    void killBroker() {
        outageFrom = System.currentTimeMillis();
        world.broker().kill();
    }

    void restartBroker() {
        world.broker().start();
        outages.add(new Outage(outageFrom, System.currentTimeMillis()));
    }

    RelayService relay() {
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

    Life child() {
        return child;
    }

    /** Ends whatever a fault that has failed left behind. */
    void close() {
        child.kill();
        world.database().loseAnswers(0);
    }

    Judge judge(Window admitted) {
        return new Judge(admitted, new History(deaths, outages), journal.all(), reportedAt);
    }
}

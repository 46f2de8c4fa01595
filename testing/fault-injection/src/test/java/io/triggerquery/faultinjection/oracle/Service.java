package io.triggerquery.faultinjection.oracle;

import io.triggerquery.faultinjection.child.Child;
import io.triggerquery.faultinjection.world.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A service of a run: a sequence of processes that share the data on disk. */
final class Service {

    private final Application application;
    private final Map<String, String> settings;
    private final Path log;
    private final Journal journal;
    private Strategy strategy;
    private ChildProcess life;

    /**
     * Starts the service.
     *
     * @param settings the settings by full name, without those of the strategy
     */
    Service(Application application, Strategy strategy, Map<String, String> settings, Path log, Journal journal) {
        this.application = application;
        this.settings = settings;
        this.log = log;
        this.journal = journal;
        this.strategy = strategy;
        start();
    }

    private void start() {
        int number = journal.nextLife();
        Map<String, String> all = new TreeMap<>(settings);
        strategy.settings().forEach((key, value) -> all.put(Settings.ROOT + key, value));
        all.put(Settings.ROOT + "application", application.name());
        all.put(Child.DESTINATION, application.destination());
        all.put(Child.ORIGIN, application.name() + number);
        life = new ChildProcess(number, all, log, journal);
        life.go();
    }

    Application application() {
        return application;
    }

    /** Returns its current process. */
    ChildProcess life() {
        return life;
    }

    void killAndRestart() {
        life.kill();
        journal.died(life.number());
        start();
    }

    /** Stops the service when it has no more calls, as a load balancer ensures. */
    void restart() {
        life.pause();
        life.stop();
        start();
    }

    void restartWithOtherStrategy() {
        strategy = strategy.successor();
        restart();
    }
}

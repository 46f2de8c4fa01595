package io.triggerquery.faultinjection.oracle;

import io.triggerquery.faultinjection.child.Child;
import io.triggerquery.faultinjection.world.RelayService;
import io.triggerquery.faultinjection.world.Settings;
import io.triggerquery.faultinjection.world.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs one strategy in one situation under one fault, waits until all triggers are sent, and compares the versions. */
public final class Run {

    private final World world;
    private final RunCase cell;
    private final Plan plan;
    private final String name;
    private final List<Application> services;
    private final Path directory;
    private final Path spool;

    private Run(World world, RunCase cell, Plan plan) {
        this.world = world;
        this.cell = cell;
        this.plan = plan;
        // PostgreSQL truncates names after 63 characters
        this.name = cell.strategy() + "-" + System.currentTimeMillis();
        this.services = cell.situation().services(name, cell.strategy());
        this.directory = world.directory(name + "-" + cell.situation() + "-" + cell.fault());
        this.spool = directory.resolve("spool");
    }

    /** Executes the run and returns its result. */
    public static Result of(World world, RunCase cell, Plan plan) {
        return new Run(world, cell, plan).result();
    }

    private Result result() {
        world.database().create(name);
        JdbcClient source = world.database().direct(name);
        Source.create(source);
        try (Fault.Scene scene = cell.fault().scene(world, spool)) {
            services.stream().map(Application::topic).distinct().forEach(world.broker()::create);
            return play(source);
        }
    }

    private Result play(JdbcClient source) {
        if (!cell.strategy().needsRelayService()) {
            return play(source, null);
        }
        Map<String, String> topics =
                services.stream().distinct().collect(Collectors.toMap(Application::destination, Application::topic));
        try (RelayService relay =
                new RelayService(world, name + "-relay", topics, directory.resolve("relay-service.log"))) {
            return play(source, relay);
        }
    }

    private Result play(JdbcClient source, @Nullable RelayService relay) {
        Journal journal = new Journal();
        List<Service> started = new ArrayList<>();
        Stage stage = new Stage(world, plan, relay, spool, started, journal);
        try (Copy copy = new Copy(world.broker().direct(), services, source)) {
            for (int number = 0; number < services.size(); number++) {
                Application application = services.get(number);
                Map<String, String> settings = settings(application, spool.resolve("service-" + number), relay);
                Path log = directory.resolve("service-" + number + ".log");
                started.add(new Service(application, cell.strategy(), settings, log, journal));
            }
            cell.fault().play(stage);
            return result(stage, copy, new Rest(stage, source, copy));
        } finally {
            stage.close();
        }
    }

    private Result result(Stage stage, Copy copy, Rest rest) {
        stage.pause();
        if (!plan.waitForLeases()) {
            rest.endLeases();
        }
        rest.await();
        long parked = stage.parked();
        // a stop may report remaining triggers
        stage.stop();
        rest.awaitEnd();
        Map<String, Long> truth = Source.read(rest.source());
        List<Loss> losses = stage.journal().judge(cell.strategy().admitted()).losses(truth, copy.versions());
        long changes = truth.values().stream().mapToLong(Long::longValue).sum();
        return new Result(cell, changes, copy.received(), losses, copy.misplaced(), parked);
    }

    private Map<String, String> settings(Application application, Path ownSpool, @Nullable RelayService relay) {
        Map<String, String> topics = Map.of(application.destination(), application.topic());
        Map<String, String> settings = Settings.of(world, name, topics, ownSpool);
        settings.put(Child.RATE, Integer.toString(plan.perSecond() / services.size()));
        if (relay != null) {
            relay.callerSettings().forEach((key, value) -> settings.put(Settings.ROOT + key, value));
        }
        settings.putAll(cell.situation().settings());
        settings.putAll(cell.fault().settings());
        return settings;
    }
}

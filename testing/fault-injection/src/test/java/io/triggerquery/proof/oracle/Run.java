package io.triggerquery.proof.oracle;

import io.triggerquery.proof.child.Child;
import io.triggerquery.proof.world.RelayService;
import io.triggerquery.proof.world.Settings;
import io.triggerquery.proof.world.TinyDisk;
import io.triggerquery.proof.world.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs one strategy under one fault, waits until nothing moves any more, and compares. */
public final class Run {

    /** Where the disk queue is, in a run's directory. */
    static final String SPOOL = "spool";

    /** What a spool takes at least: its reserve, its log and a little. */
    private static final String TINY = "12m";

    private final World world;
    private final Strategy strategy;
    private final Fault fault;
    private final Plan plan;
    private final String name;

    private Run(World world, Strategy strategy, Fault fault, Plan plan) {
        this.world = world;
        this.strategy = strategy;
        this.fault = fault;
        this.plan = plan;
        this.name = strategy + "-" + fault + "-" + System.currentTimeMillis();
    }

    /** Does it all. */
    public static Result of(World world, Strategy strategy, Fault fault, Plan plan) {
        return new Run(world, strategy, fault, plan).result();
    }

    private Result result() {
        world.database().create(name);
        JdbcClient source = world.database().direct(name);
        Source.create(source);
        world.broker().create(name);
        Path directory = world.directory(name);
        Path spool = directory.resolve(SPOOL);
        if (fault == Fault.DISK_FULL) {
            try (TinyDisk disk = new TinyDisk(spool, TINY)) {
                return play(source, directory, spool);
            }
        }
        return play(source, directory, spool);
    }

    private Result play(JdbcClient source, Path directory, Path spool) {
        if (!strategy.needsRelayService()) {
            return play(source, directory, null, settings(spool));
        }
        try (RelayService relay = new RelayService(
                world, name + "-relay", Settings.common(name), directory.resolve("relay-service.log"))) {
            Map<String, String> settings = settings(spool);
            relay.callerSettings().forEach((key, value) -> settings.put(Settings.ROOT + key, value));
            return play(source, directory, relay, settings);
        }
    }

    private Result play(JdbcClient source, Path directory, @Nullable RelayService relay, Map<String, String> settings) {
        Stage stage = new Stage(world, plan, relay, settings, directory);
        try (Copy copy = new Copy(world.broker().direct(), name, source)) {
            fault.play(stage);
            stage.child().pause();
            Rest rest = new Rest(stage, source, copy, relay);
            if (!plan.waitForLeases()) {
                rest.endLeases();
            }
            rest.await();
            // a stop may report what is left
            stage.child().stop();
            rest.awaitEnd();
            Map<String, Long> truth = Source.read(source);
            List<Loss> losses = stage.judge(strategy.admitted()).losses(truth, copy.versions());
            long changes = truth.values().stream().mapToLong(Long::longValue).sum();
            return new Result(strategy, fault, changes, copy.received(), losses);
        } finally {
            stage.close();
        }
    }

    private Map<String, String> settings(Path spool) {
        Map<String, String> settings = Settings.of(world, name, spool);
        settings.put(Child.RATE, Integer.toString(plan.perSecond()));
        strategy.settings().forEach((key, value) -> settings.put(Settings.ROOT + key, value));
        fault.settings().forEach((key, value) -> settings.put(Settings.ROOT + key, value));
        return settings;
    }
}

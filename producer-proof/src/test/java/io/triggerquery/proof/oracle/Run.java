package io.triggerquery.proof.oracle;

import io.triggerquery.proof.child.Child;
import io.triggerquery.proof.world.Patience;
import io.triggerquery.proof.world.RelayService;
import io.triggerquery.proof.world.TinyDisk;
import io.triggerquery.proof.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs one strategy under one fault, waits until nothing moves any more, and compares. */
public final class Run {

    private static final String ROOT = "triggerquery.producer.";

    /** Less than what a spool would like to keep as its reserve. */
    private static final String TINY = "2m";

    private static final Duration REST_LOOK = Duration.ofMillis(200);

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
        Path spool = directory.resolve("spool");
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
        try (RelayService relay =
                new RelayService(world, name + "-relay", common(), directory.resolve("relay-service.log"))) {
            Map<String, String> settings = settings(spool);
            relay.callerSettings().forEach((key, value) -> settings.put(ROOT + key, value));
            return play(source, directory, relay, settings);
        }
    }

    private Result play(JdbcClient source, Path directory, @Nullable RelayService relay, Map<String, String> settings) {
        Stage stage = new Stage(world, plan, relay, settings, directory);
        try (Copy copy = new Copy(world.broker().direct(), name, source)) {
            fault.play(stage);
            stage.child().pause();
            awaitRest(stage.child(), relay, source, copy);
            // a stop may report what is left
            stage.child().stop();
            awaitEnd(copy);
            List<Loss> losses = stage.judge(strategy.admitted()).losses(Source.read(source), copy.versions());
            long changes = Source.read(source).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            return new Result(strategy, fault, changes, copy.received(), losses);
        } finally {
            stage.close();
        }
    }

    /** What the child and the relay service have in common. A pause of 5 s is one of 50 ms here, 30 min are 18 s. */
    private Map<String, String> common() {
        return Map.of(
                ROOT + "destinations.changed.topic", name,
                ROOT + "schedule.pauses", "50ms,100ms,200ms,400ms,800ms,1600ms,3200ms",
                ROOT + "schedule.then", "3s");
    }

    private Map<String, String> settings(Path spool) {
        Map<String, String> settings = new HashMap<>(common());
        settings.put("spring.datasource.url", world.database().url(name));
        settings.put("spring.flyway.locations", "classpath:db/triggerquery");
        settings.put("spring.flyway.baseline-on-migrate", "true");
        settings.put("spring.flyway.baseline-version", "0");
        settings.put("spring.kafka.bootstrap-servers", world.broker().address());
        settings.put(Child.RATE, Integer.toString(plan.perSecond()));
        settings.put(ROOT + "memory-queue.retry-pauses", "100ms,200ms,500ms,1s,2s");
        settings.put(ROOT + "disk-queue.directory", spool.toString());
        settings.put(ROOT + "disk-queue.intent-delay", "1s");
        strategy.settings().forEach((key, value) -> settings.put(ROOT + key, value));
        fault.settings().forEach((key, value) -> settings.put(ROOT + key, value));
        return settings;
    }

    /** Either nothing is missing, or nothing is left that could bring it. */
    private void awaitRest(Life child, @Nullable RelayService relay, JdbcClient source, Copy copy) {
        Patience.until("nothing waits any more", REST_LOOK, () -> {
            if (copy.versions().equals(Source.read(source))) {
                return true;
            }
            return child.waiting() == 0 && (relay == null || relay.waiting() == 0);
        });
        awaitEnd(copy);
    }

    private void awaitEnd(Copy copy) {
        long before = copy.looksAtTheEnd();
        Patience.until("the consumer has read all", () -> {
            if (!copy.isAlive()) {
                throw new IllegalStateException("the consumer has died");
            }
            // the look that was under way may not have seen the last record
            return copy.looksAtTheEnd() >= before + 2;
        });
    }
}

package io.triggerquery.proof.oracle;

import io.triggerquery.proof.child.Child;
import io.triggerquery.proof.world.Patience;
import io.triggerquery.proof.world.World;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs one strategy under one fault, waits until nothing moves any more, and compares. */
public final class Run {

    private static final String ROOT = "triggerquery.producer.";

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
        Stage stage = new Stage(world, plan, settings(directory), directory);
        try (Copy copy = new Copy(world.broker().direct(), name, source)) {
            fault.play(stage);
            stage.child().pause();
            awaitRest(stage.child(), source, copy);
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

    private Map<String, String> settings(Path directory) {
        Map<String, String> settings = new HashMap<>();
        settings.put("spring.datasource.url", world.database().url(name));
        settings.put("spring.flyway.locations", "classpath:db/triggerquery");
        settings.put("spring.flyway.baseline-on-migrate", "true");
        settings.put("spring.flyway.baseline-version", "0");
        settings.put("spring.kafka.bootstrap-servers", world.broker().address());
        settings.put(Child.RATE, Integer.toString(plan.perSecond()));
        settings.put(ROOT + "destinations.changed.topic", name);
        settings.put(ROOT + "retry.pauses", "50ms,100ms,200ms,400ms,800ms");
        settings.put(ROOT + "retry.then", "1s");
        strategy.settings().forEach((key, value) -> settings.put(ROOT + key, value));
        return settings;
    }

    /** Either nothing is missing, or nothing is left that could bring it. */
    private void awaitRest(Life child, JdbcClient source, Copy copy) {
        Patience.until("nothing waits any more", () -> {
            if (copy.versions().equals(Source.read(source))) {
                return true;
            }
            return child.waiting() == 0;
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

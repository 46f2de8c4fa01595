package io.triggerquery.faultinjection.speed;

import io.triggerquery.faultinjection.world.World;
import io.triggerquery.testbed.Await;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Measures the duration of {@code publish} outside a transaction, and of a transaction with one insert and one trigger, from
 * its begin until its commit has returned.
 *
 * <p>Command: {@code testing/fault-injection/run PublishLatency}.
 */
final class PublishLatency {

    private static final int SAMPLES = Integer.getInteger("fault-injection.samples", 1_000);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Report report = new Report(
            "publish-latency",
            "strategy",
            "broker",
            "publish p50 ms",
            "p99",
            "max",
            "transaction p50 ms",
            "p99",
            "max");

    public static void main(String[] arguments) throws Exception {
        new PublishLatency().measure();
        System.exit(0); // clients may have left threads
    }

    private void measure() throws Exception {
        Map<String, Map<String, String>> strategies = new LinkedHashMap<>();
        for (String name : new String[] {"retry", "memory-queue", "disk-queue", "relay", "registration", "outbox"}) {
            strategies.put(
                    name,
                    Map.of("strategy", name, "memory-queue.max-entries", "1000000", "disk-queue.intent", "false"));
        }
        strategies.put("disk-queue-intent", Map.of("strategy", "disk-queue", "disk-queue.intent", "true"));
        try (World world = new World()) {
            withoutTriggers(world);
            strategies.forEach((name, settings) -> measure(world, name, settings));
        }
        report.write();
    }

    /** Measures a transaction without a trigger. */
    private void withoutTriggers(World world) {
        try (Service service = new Service(world, "none", Map.of("strategy", "memory-queue"))) {
            Load load = new Load(service);
            load.transactions(SAMPLES, false);
            Times transactions = load.transactions(SAMPLES, false);
            report.add(
                    "none",
                    "up",
                    "",
                    "",
                    "",
                    transactions.percentile(50),
                    transactions.percentile(99),
                    transactions.percentile(100));
        }
    }

    private void measure(World world, String name, Map<String, String> settings) {
        try (Service service = new Service(world, name, settings)) {
            Load load = new Load(service);
            // warm-up
            load.publishes(SAMPLES);
            load.transactions(SAMPLES, true);
            row(name, "up", load);
            world.broker().proxy().cut();
            long cut = System.nanoTime();
            row(name, "away, at once", load);
            Await.until("the outage is long", () -> System.nanoTime() - cut > LONG.toNanos());
            row(name, "away for 30 s", load);
        } finally {
            world.broker().proxy().restore();
        }
    }

    private void row(String name, String broker, Load load) {
        Times publishes = load.publishes(SAMPLES);
        Times transactions = load.transactions(SAMPLES, true);
        report.add(
                name,
                broker,
                publishes.percentile(50),
                publishes.percentile(99),
                publishes.percentile(100),
                transactions.percentile(50),
                transactions.percentile(99),
                transactions.percentile(100));
    }
}

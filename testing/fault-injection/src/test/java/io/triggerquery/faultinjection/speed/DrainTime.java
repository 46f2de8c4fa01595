package io.triggerquery.faultinjection.speed;

import io.triggerquery.faultinjection.world.World;
import io.triggerquery.producer.Receipt;
import io.triggerquery.testbed.Await;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Measures how long it takes after the end of an outage until no trigger waits.
 *
 * <p>Command: {@code testing/fault-injection/run DrainTime}.
 */
final class DrainTime {

    private static final int WAITING = Integer.getInteger("fault-injection.waiting", 100_000);
    private static final int BATCH = 1_000;

    private final Report report = new Report(
            "drain-time",
            "strategy",
            "drain-per-second",
            "waiting",
            "first after s",
            "last after s",
            "empty after s",
            "arrived/s",
            "records");

    public static void main(String[] arguments) throws Exception {
        new DrainTime().measure();
        System.exit(0); // clients may have left threads
    }

    private void measure() throws Exception {
        try (World world = new World()) {
            for (String name : new String[] {"memory-queue", "disk-queue", "outbox"}) {
                measure(world, name, 1_000);
                measure(world, name, 1_000_000);
            }
        }
        report.write();
    }

    private void measure(World world, String name, int perSecond) {
        Map<String, String> settings = Map.of(
                "strategy",
                name,
                "schedule.drain-per-second",
                Integer.toString(perSecond),
                "memory-queue.max-entries",
                "1000000",
                "disk-queue.max-entries",
                "1000000");
        try (Service service = new Service(world, name, settings)) {
            world.broker().proxy().cut();
            service.publisher().tryPublish(Service.DESTINATION, "probe");
            // before the outage is detected there is no backlog: triggers are sent at the rate of their publication
            Await.until("the outage is detected", service::isCutOff);
            fill(service);
            long before = service.waiting();
            world.broker().proxy().restore();
            long restored = System.nanoTime();
            Arrivals arrivals = Arrivals.read(world.broker().direct(), service.topic(), WAITING);
            Await.until("no trigger waits", () -> service.waiting() == 0);
            long empty = System.nanoTime();
            double took = (arrivals.lastNanos() - arrivals.firstNanos()) / 1e9;
            report.add(
                    name,
                    perSecond,
                    before,
                    seconds(arrivals.firstNanos() - restored),
                    seconds(arrivals.lastNanos() - restored),
                    seconds(empty - restored),
                    Math.round(WAITING / took),
                    arrivals.records());
        }
    }

    private static void fill(Service service) {
        IntStream.range(0, WAITING / BATCH)
                .parallel()
                .forEach(batch -> service.transactions()
                        .executeWithoutResult(status -> IntStream.range(0, BATCH)
                                .forEach(n -> {
                                    Receipt receipt =
                                            service.publisher().tryPublish(Service.DESTINATION, batch + "-" + n);
                                    if (receipt instanceof Receipt.Rejected rejected) {
                                        throw new IllegalStateException(rejected.reason());
                                    }
                                })));
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e9);
    }
}

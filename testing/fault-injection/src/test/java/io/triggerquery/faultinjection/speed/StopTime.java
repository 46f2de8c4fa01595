package io.triggerquery.faultinjection.speed;

import io.triggerquery.faultinjection.world.World;
import io.triggerquery.testbed.Await;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures how long a service takes to stop while Kafka is unavailable, with the default pauses and triggers in several
 * strategies.
 *
 * <p>Command: {@code testing/fault-injection/run StopTime}.
 */
final class StopTime {

    private static final int TRIGGERS = 100;
    private static final List<String> OTHERS = List.of("retry", "disk-queue", "outbox");

    private final Report report = new Report("stop-time", "Kafka", "strategies", "stopped after s");

    public static void main(String[] arguments) throws Exception {
        new StopTime().measure();
        System.exit(0); // clients may have left threads
    }

    private void measure() throws Exception {
        try (World world = new World()) {
            OTHERS.forEach(world.broker()::create);
            measure(world, "up", false, false);
            measure(world, "away, not detected yet", true, false);
            measure(world, "away", true, true);
        }
        report.write();
    }

    private void measure(World world, String kafka, boolean away, boolean detected) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "strategy", "memory-queue",
                "schedule.pauses", "5s,10s,20s,40s,80s,160s,320s",
                "schedule.last-pause", "5m"));
        for (String other : OTHERS) {
            settings.put("destinations." + other + ".topic", other);
            settings.put("destinations." + other + ".strategy", other);
        }
        Service service = new Service(world, "memory-queue", settings);
        publish(service, "warm");
        Await.until("no trigger waits", () -> service.waiting() == 0);
        if (away) {
            world.broker().proxy().cut();
        }
        publish(service, "left");
        if (detected) {
            Await.until("the outage is detected", service::hasDetectedOutage);
        }
        long begun = System.nanoTime();
        service.close();
        double took = (System.nanoTime() - begun) / 1e9;
        if (away) {
            world.broker().proxy().restore();
        }
        report.add(kafka, OTHERS.size() + 1, String.format(Locale.ROOT, "%.1f", took));
    }

    private static void publish(Service service, String id) {
        for (int n = 0; n < TRIGGERS; n++) {
            service.publisher().tryPublish(Service.DESTINATION, id + n);
            for (String other : OTHERS) {
                service.publisher().tryPublish(other, id + n);
            }
        }
    }
}

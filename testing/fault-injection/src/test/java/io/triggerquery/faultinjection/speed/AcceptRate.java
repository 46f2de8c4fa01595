package io.triggerquery.faultinjection.speed;

import io.triggerquery.faultinjection.world.World;
import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.TriggerPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures how many triggers per second are accepted from several threads, with distinct ids, outside transactions, while
 * the broker receives them.
 *
 * <p>Command: {@code testing/fault-injection/run AcceptRate}.
 */
final class AcceptRate {

    private static final int[] THREADS = {1, 8, 64};
    private static final long NANOS = Integer.getInteger("fault-injection.seconds", 8) * 1_000_000_000L;

    private final Report report = new Report("accept-rate", "strategy", "threads", "accepted/s", "still waiting");

    public static void main(String[] arguments) throws Exception {
        new AcceptRate().measure();
        System.exit(0); // clients may have left threads
    }

    private void measure() throws Exception {
        try (World world = new World()) {
            for (String name : new String[] {"disk-queue", "outbox"}) {
                for (int threads : THREADS) {
                    measure(world, name, threads);
                }
            }
        }
        report.write();
    }

    private void measure(World world, String name, int threads) throws Exception {
        Map<String, String> settings =
                Map.of("strategy", name, "disk-queue.max-entries", "5000000", "disk-queue.max-size", "4GB");
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Service service = new Service(world, name, settings)) {
            new Load(service).publishes(1_000);
            TriggerPublisher publisher = service.publisher();
            AtomicLong ids = new AtomicLong();
            long begun = System.nanoTime();
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(() -> {
                    while (System.nanoTime() - begun < NANOS) {
                        Receipt receipt = publisher.tryPublish(Service.DESTINATION, "r-" + ids.incrementAndGet());
                        if (receipt instanceof Receipt.Rejected rejected) {
                            throw new IllegalStateException(rejected.reason());
                        }
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            report.add(name, threads, Math.round(ids.get() / seconds), service.waiting());
        } finally {
            pool.shutdown();
        }
    }
}

package io.triggerquery.bench.engine;

import io.triggerquery.consumer.internal.engine.Delivery;
import io.triggerquery.consumer.internal.engine.TriggerEngine;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the memory of a pending trigger with a distinct id: the heap after a garbage collection, without and with
 * it.
 */
public final class Retained {

    private static final int TRIGGERS = 1_000_000;

    private Retained() {}

    /** Prints a line for each number of partitions. */
    public static void main(String[] arguments) {
        System.out.println("partitions  arrival  engine  together  (bytes for each pending trigger)");
        String[] ids = Ids.distinct(TRIGGERS);
        for (int partitions : new int[] {1, 12, 1_000}) {
            measure(new Topic(partitions, ids));
        }
    }

    private static void measure(Topic topic) {
        TriggerEngine engine = Engines.engine(1, 100, 2L * TRIGGERS, new CallerThreadExecutor(), new UnpausedIntake());
        engine.assigned(topic, topic.partitions());
        long empty = used();
        List<Delivery> deliveries = new ArrayList<>(TRIGGERS);
        for (int i = 0; i < TRIGGERS; i++) {
            deliveries.add(topic.next());
        }
        long made = used();
        deliveries.forEach(delivery -> engine.accept(topic, delivery));
        long accepted = used();
        System.out.printf(
                "%10d  %7.0f  %6.0f  %8.0f%n",
                topic.partitions().size(), each(made - empty), each(accepted - made), each(accepted - empty));
        if (engine.pending() != deliveries.size()) {
            throw new IllegalStateException(engine.pending() + " of " + TRIGGERS + " triggers are pending");
        }
    }

    private static double each(long bytes) {
        return (double) bytes / TRIGGERS;
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}

package io.triggerquery.consumer.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;

/** A timer whose time passes only when a test says so. */
final class ManualTimer implements Timer, LongSupplier {

    private record Scheduled(long at, long order, Runnable action) {}

    private final List<Scheduled> scheduled = new ArrayList<>();
    private long now;
    private long order;

    @Override
    public Cancellation schedule(Duration delay, Runnable action) {
        var entry = new Scheduled(now + delay.toMillis(), order++, action);
        scheduled.add(entry);
        return () -> scheduled.remove(entry);
    }

    void advance(Duration by) {
        long until = now + by.toMillis();
        while (true) {
            var due = scheduled.stream()
                    .filter(entry -> entry.at() <= until)
                    .min(Comparator.comparingLong(Scheduled::at).thenComparingLong(Scheduled::order));
            if (due.isEmpty()) {
                break;
            }
            scheduled.remove(due.get());
            now = due.get().at();
            due.get().action().run();
        }
        now = until;
    }

    /** Nanoseconds, for the engine's clock. */
    @Override
    public long getAsLong() {
        return now * 1_000_000;
    }

    int pending() {
        return scheduled.size();
    }
}

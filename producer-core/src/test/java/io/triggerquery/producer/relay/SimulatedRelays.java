package io.triggerquery.producer.relay;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Relays in virtual time. */
public final class SimulatedRelays {

    /** Waits for a condition. */
    @FunctionalInterface
    public interface Wait {
        void await(BooleanSupplier condition, Duration atMost);
    }

    private final LongSupplier nanoTime;
    private final Supplier<ScheduledExecutorService> threads;
    private final Wait wait;

    public SimulatedRelays(LongSupplier nanoTime, Supplier<ScheduledExecutorService> threads, Wait wait) {
        this.nanoTime = nanoTime;
        this.threads = threads;
        this.wait = wait;
    }

    /** One that is not started. */
    public TriggerRelay make(
            TriggerStore store,
            Delivery delivery,
            Collection<String> destinations,
            RelaySettings settings,
            RelayListener listener) {
        RelayRuntime runtime = new RelayRuntime() {
            @Override
            public long nanoTime() {
                return nanoTime.getAsLong();
            }

            @Override
            public ScheduledExecutorService newThread() {
                return threads.get();
            }

            @Override
            public void await(CountDownLatch latch, Duration atMost) {
                wait.await(() -> latch.getCount() == 0, atMost);
            }
        };
        return new TriggerRelay(runtime, store, delivery, destinations, settings, listener);
    }
}

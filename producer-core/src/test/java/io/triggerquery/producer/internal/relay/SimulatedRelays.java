package io.triggerquery.producer.internal.relay;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
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
    private final Supplier<ExecutorService> senders;
    private final Wait wait;

    /**
     * Makes relays.
     *
     * @param threads makes a thread for a relay's store
     * @param senders makes what a relay sends with
     */
    public SimulatedRelays(
            LongSupplier nanoTime,
            Supplier<ScheduledExecutorService> threads,
            Supplier<ExecutorService> senders,
            Wait wait) {
        this.senders = senders;
        this.nanoTime = nanoTime;
        this.threads = threads;
        this.wait = wait;
    }

    /** One that is not started. */
    public TriggerRelay make(
            TriggerStore store,
            BatchDelivery delivery,
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
            public String name() {
                return "simulated";
            }

            @Override
            public ExecutorService newSenders() {
                return senders.get();
            }

            @Override
            public boolean await(CountDownLatch latch, Duration atMost) {
                wait.await(() -> latch.getCount() == 0, atMost);
                return latch.getCount() == 0;
            }
        };
        return new TriggerRelay(runtime, store, delivery, destinations, settings, listener);
    }
}

package io.triggerquery.producer.internal.relay;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Creates relays that run in virtual time. */
public final class SimulatedRelays {

    /** Waits until a condition holds, or the time is up. */
    @FunctionalInterface
    public interface Wait {
        void await(BooleanSupplier condition, Duration atMost);
    }

    private final LongSupplier nanoTime;
    private final Supplier<ScheduledExecutorService> threads;
    private final Supplier<ExecutorService> senders;
    private final Wait wait;

    /**
     * Creates a factory.
     *
     * @param threads creates the thread of a relay
     * @param senders creates the executor with which a relay sends
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

    /** Creates a relay, which is not started. */
    public TriggerRelay create(
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

package io.triggerquery.consumer.it;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Changes things at the source and sends one trigger for each change, in bursts.
 *
 * <p>Nothing heals a trigger that is lost: half of the ids are changed and triggered exactly once, at any time; the
 * others often for a while, and then never again.
 */
final class TriggerLoad implements AutoCloseable {

    private static final Duration BURST_EVERY = Duration.ofMillis(100);

    private final SourceServer source;
    private final String topic;
    private final Size size;
    private final Random random = new Random(42);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private int sent;

    /**
     * How much to send.
     *
     * @param triggers in total
     * @param ids over how many ids; at most a tenth of the triggers
     * @param perSecond how fast, roughly
     * @param concurrency how many things each member works on at once
     * @param seconds how long each of them takes: so long that there is always something queued to be lost
     */
    record Size(int triggers, int ids, int perSecond, int concurrency, double seconds) {

        /** From the system properties {@code cluster.triggers}, {@code .ids}, {@code .rate} and so on. */
        static Size configured() {
            int triggers = Integer.getInteger("cluster.triggers", 5_000);
            return new Size(
                    triggers,
                    Integer.getInteger("cluster.ids", triggers / 10),
                    Integer.getInteger("cluster.rate", 500),
                    Integer.getInteger("cluster.concurrency", 16),
                    Integer.getInteger("cluster.millis", 400) / 1_000.0);
        }

        Map<String, String> memberSettings() {
            return Map.of("triggerquery.concurrency", concurrency + "", "member.seconds", seconds + "");
        }

        int once() {
            return ids / 2;
        }

        int often() {
            return ids - once();
        }
    }

    /** Something that goes wrong, or is done, while triggers flow. */
    interface Event {
        void happen() throws Exception;
    }

    TriggerLoad(SourceServer source, String topic, Size size) {
        this.source = source;
        this.topic = topic;
        this.size = size;
    }

    /** Sends one of so many equal parts while the event happens. Returns when both are through. */
    void sendPart(int parts, Event event) throws Exception {
        int end = sent + size.triggers() / parts;
        var through = new CompletableFuture<Void>();
        Future<?> bursts =
                thread.scheduleAtFixedRate(() -> burst(end, through), 0, BURST_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        try {
            event.happen();
            through.get();
        } finally {
            bursts.cancel(false);
        }
    }

    private void burst(int end, CompletableFuture<Void> through) {
        try {
            int burstEnd = (int) Math.min(end, sent + size.perSecond() * BURST_EVERY.toMillis() / 1_000);
            while (sent < burstEnd) {
                changeAndTrigger(idOf(sent++));
            }
            Broker.flush();
            if (sent == end) {
                through.complete(null);
            }
        } catch (RuntimeException failure) {
            through.completeExceptionally(failure);
        }
    }

    private void changeAndTrigger(String id) {
        source.versions.merge(id, 1L, Long::sum);
        Broker.trigger(topic, id);
    }

    private String idOf(int trigger) {
        int oneIn = size.triggers() / size.once();
        if (trigger % oneIn == 0) {
            return "once-" + trigger / oneIn;
        }
        int often = size.often();
        int oldest = (int) ((long) often * trigger / size.triggers());
        return "often-" + (oldest + random.nextInt(Math.max(1, often / 10))) % often;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

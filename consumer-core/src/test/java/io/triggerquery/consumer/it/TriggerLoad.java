package io.triggerquery.consumer.it;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Changes things at the source and sends one trigger for each change, in bursts.
 *
 * <p>Four fifths of the ids are changed and triggered exactly once, at any time, so that no later trigger hides a loss.
 * The others are changed continuously and keep the members busy.
 */
final class TriggerLoad implements AutoCloseable {

    private static final int BURSTS_PER_SECOND = 10;
    private static final int LIMIT_SECONDS = 600;

    private final SourceServer source;
    private final String topic;
    private final LoadSize size;
    private final int parts;
    private final int once;
    private final int often;
    private final Random random = new Random(42);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private int part;
    private volatile int sent;

    /** An action on the members while triggers flow. */
    interface Event {
        void happen() throws Exception;
    }

    /**
     * Prepares the load.
     *
     * @param parts how many equal parts it is sent in
     */
    TriggerLoad(SourceServer source, String topic, LoadSize size, int parts) {
        this.source = source;
        this.topic = topic;
        this.size = size;
        this.parts = parts;
        this.once = size.ids() * 4 / 5;
        this.often = size.ids() - once;
    }

    /** Sends the next part, and runs the event in the middle of it. Returns when both have ended. */
    void sendPart(Event event) throws Exception {
        int begin = sent;
        int end = portion(size.triggers(), ++part, parts);
        var wellBegun = new CompletableFuture<Void>();
        var through = new CompletableFuture<Void>();
        Runnable burst = () -> {
            sendBurst(end);
            if (sent - begin >= (end - begin) / 4) {
                wellBegun.complete(null);
            }
            if (sent == end) {
                through.complete(null);
            }
        };
        Future<?> bursts = thread.scheduleAtFixedRate(burst, 0, 1_000 / BURSTS_PER_SECOND, TimeUnit.MILLISECONDS);
        try {
            wellBegun.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            event.happen();
            through.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } finally {
            bursts.cancel(false);
        }
    }

    private void sendBurst(int end) {
        int burstEnd = Math.min(end, sent + Math.max(1, size.rate() / BURSTS_PER_SECOND));
        for (; sent < burstEnd; sent++) {
            String id = idOf(sent);
            source.versions.merge(id, 1L, Long::sum);
            Broker.trigger(topic, id);
        }
        Broker.flush();
    }

    private String idOf(int trigger) {
        int nextOnce = portion(once, trigger, size.triggers());
        if (portion(once, trigger + 1, size.triggers()) > nextOnce) {
            return "once-" + nextOnce;
        }
        return "often-" + random.nextInt(often);
    }

    private static int portion(int whole, int part, int parts) {
        return (int) ((long) whole * part / parts);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

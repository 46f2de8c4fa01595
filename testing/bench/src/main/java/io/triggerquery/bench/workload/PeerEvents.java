package io.triggerquery.bench.workload;

import io.triggerquery.bench.workload.PeerEvent.Sample;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The events of a peer's process. Time is measured by its samples: each wait ends with one.
 *
 * <p>Threads: one that receives, one that waits.
 */
final class PeerEvents {

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    private final BlockingQueue<PeerEvent> received = new LinkedBlockingQueue<>();
    private final String peer;
    private final BooleanSupplier alive;
    private @Nullable Sample latest;

    /**
     * Creates an instance without events.
     *
     * @param peer its name in errors
     * @param alive returns whether more events may come
     */
    PeerEvents(String peer, BooleanSupplier alive) {
        this.peer = peer;
        this.alive = alive;
    }

    /** Receives a line. */
    void receive(String line) {
        received.add(PeerEvent.of(line));
    }

    /** Waits for a matching sample, until the first one after the limit. */
    Optional<Sample> within(Duration limit, Predicate<Sample> wanted) {
        Sample sample = latest == null ? next(Sample.class) : latest;
        long end = sample.nanos() + limit.toNanos();
        while (!wanted.test(sample)) {
            if (sample.nanos() > end) {
                return Optional.empty();
            }
            sample = next(Sample.class);
        }
        return Optional.of(sample);
    }

    /** Waits until this time has passed since a sample. */
    Sample after(Sample since, Duration time) {
        Sample sample = since;
        while (sample.nanos() - since.nanos() < time.toNanos()) {
            sample = next(Sample.class);
        }
        return sample;
    }

    /** Returns the first sample that is received after this call. */
    Sample fresh() {
        received.removeIf(event -> event instanceof Sample);
        return next(Sample.class);
    }

    /** Waits for an event of a kind; others are skipped. */
    <T extends PeerEvent> T next(Class<T> kind) {
        while (true) {
            PeerEvent event = next();
            if (event instanceof Sample sample) {
                latest = sample;
            }
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }

    private PeerEvent next() {
        try {
            for (long second = 0; second < LONGEST_SILENCE.toSeconds(); second++) {
                boolean mayCome = alive.getAsBoolean();
                PeerEvent event = received.poll(mayCome ? 1 : 0, TimeUnit.SECONDS);
                if (event != null) {
                    return event;
                }
                if (!mayCome) {
                    throw new IllegalStateException(peer + " has ended");
                }
            }
            throw new IllegalStateException(peer + " has sent no event for " + LONGEST_SILENCE.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

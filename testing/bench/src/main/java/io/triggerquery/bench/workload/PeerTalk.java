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
 * What a peer process has said. Time is told by its samples: each wait ends with one.
 *
 * <p>Threads: one that hears, one that waits.
 */
final class PeerTalk {

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    private final BlockingQueue<PeerEvent> heard = new LinkedBlockingQueue<>();
    private final String peer;
    private final BooleanSupplier alive;
    private @Nullable Sample latest;

    /**
     * Nothing heard yet.
     *
     * @param peer what it is called in errors
     * @param alive whether more may come
     */
    PeerTalk(String peer, BooleanSupplier alive) {
        this.peer = peer;
        this.alive = alive;
    }

    /** A line has come. */
    void hear(String line) {
        heard.add(PeerEvent.of(line));
    }

    /** Waits for a sample, or gives up at the first one that is too late. */
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

    /** Waits until so much time is over since a sample. */
    Sample after(Sample since, Duration time) {
        Sample sample = since;
        while (sample.nanos() - since.nanos() < time.toNanos()) {
            sample = next(Sample.class);
        }
        return sample;
    }

    /** The first sample that begins after this call. */
    Sample fresh() {
        heard.removeIf(event -> event instanceof Sample);
        return next(Sample.class);
    }

    /** Waits for an event of a kind; others are passed over. */
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
                PeerEvent event = heard.poll(mayCome ? 1 : 0, TimeUnit.SECONDS);
                if (event != null) {
                    return event;
                }
                if (!mayCome) {
                    throw new IllegalStateException(peer + " has ended");
                }
            }
            throw new IllegalStateException(peer + " says nothing for " + LONGEST_SILENCE.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

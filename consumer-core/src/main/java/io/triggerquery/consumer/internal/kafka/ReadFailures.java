package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.failure.OneLine;
import io.triggerquery.consumer.internal.reading.ReadFailure;
import io.triggerquery.consumer.internal.reading.ReadingListener;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/**
 * The current failures of a listener's consumers to read. Each is reported once, and the consumer rests after it,
 * twice as long as after the one before: a consumer that polls again at once fails hundreds of times a second.
 *
 * <p>Some failures come with polls in between that return nothing, as while a group is joined; so they end only when
 * none has come for {@link #QUIET}.
 *
 * <p>Threads: any. Bounds: remembers the last one.
 */
public final class ReadFailures {

    private static final Duration FIRST_REST = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofSeconds(30);
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Duration longestRest;
    private final ReadingListener listener;
    private final LongSupplier nanoTime;
    private final AtomicLong toldAt;
    private volatile @Nullable Episode episode;

    private record Episode(long since, long ends, Duration rest, String cause) {}

    /**
     * Creates them.
     *
     * @param longestRest the longest rest
     * @param listener receives them
     */
    ReadFailures(Duration longestRest, ReadingListener listener, LongSupplier nanoTime) {
        this.longestRest = longestRest;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.toldAt = new AtomicLong(nanoTime.getAsLong() - MINUTE);
    }

    /** Takes note of a failure, and returns how long to rest. */
    Duration failed(String what, @Nullable Throwable failure) {
        String cause = failure == null ? what : describe(what, failure);
        Duration rest;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            Episode before = lasting(now);
            rest = before == null ? FIRST_REST : before.rest().multipliedBy(2);
            rest = rest.compareTo(longestRest) < 0 ? rest : longestRest;
            long ends = now + rest.plus(QUIET).toNanos();
            episode = new Episode(before == null ? now : before.since(), ends, rest, cause);
        }
        listener.failed(rest, cause);
        return rest;
    }

    /** Tells of a failure that keeps nothing from being read, once a minute at most. */
    void told(String what, Throwable failure) {
        long now = nanoTime.getAsLong();
        long last = toldAt.get();
        if (now - last >= MINUTE && toldAt.compareAndSet(last, now)) {
            listener.failed(Duration.ZERO, describe(what, failure));
        }
    }

    /** To be called now and then while reading goes on. */
    void look() {
        Episode last = episode;
        if (last != null && lasting(nanoTime.getAsLong()) == null && end(last)) {
            listener.recovered();
        }
    }

    /** What is wrong now. */
    public Optional<ReadFailure> trouble() {
        long now = nanoTime.getAsLong();
        return Optional.ofNullable(lasting(now))
                .map(failing -> new ReadFailure(Duration.ofNanos(now - failing.since()), failing.cause()));
    }

    private static String describe(String what, Throwable failure) {
        return what + ": " + OneLine.of(NestedExceptionUtils.getMostSpecificCause(failure));
    }

    private synchronized boolean end(Episode last) {
        boolean same = episode == last;
        episode = same ? null : episode;
        return same;
    }

    private @Nullable Episode lasting(long now) {
        Episode last = episode;
        return last == null || now - last.ends() >= 0 ? null : last;
    }
}

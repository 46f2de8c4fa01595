package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.engine.DoublingPause;
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
 * The current failures of a listener's consumers to read. After each the consumer pauses, twice as long as after the
 * one before: without a pause it would fail hundreds of times a second.
 *
 * <p>Polls between failures may return without records, for example while a group is joined, so the failures end only
 * after {@link #QUIET_PERIOD} without one.
 *
 * <p>Threads: any. Bounds: remembers the last one.
 */
public final class ReadFailures {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration QUIET_PERIOD = Duration.ofSeconds(30);
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final DoublingPause pauses;
    private final ReadingListener listener;
    private final LongSupplier nanoTime;
    private final AtomicLong reportedAt;
    private volatile @Nullable Episode episode;

    private record Episode(long since, long ends, Duration pause, String cause) {}

    /**
     * Creates the failures of a listener.
     *
     * @param maxPause the maximum pause
     * @param listener is notified of them
     */
    ReadFailures(Duration maxPause, ReadingListener listener, LongSupplier nanoTime) {
        this.pauses = new DoublingPause(FIRST_PAUSE, maxPause);
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.reportedAt = new AtomicLong(nanoTime.getAsLong() - MINUTE);
    }

    /** Records and reports a failure. Returns how long to pause. */
    Duration failed(String what, @Nullable Throwable failure) {
        String cause = failure == null ? what : describe(what, failure);
        Duration pause;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            Episode before = current(now);
            pause = pauses.next(before == null ? null : before.pause());
            long ends = now + pause.plus(QUIET_PERIOD).toNanos();
            episode = new Episode(before == null ? now : before.since(), ends, pause, cause);
        }
        listener.failed(pause, cause);
        return pause;
    }

    /** Reports a failure that does not stop reading, at most once a minute. */
    void report(String what, Throwable failure) {
        long now = nanoTime.getAsLong();
        long last = reportedAt.get();
        if (now - last >= MINUTE && reportedAt.compareAndSet(last, now)) {
            listener.failed(Duration.ZERO, describe(what, failure));
        }
    }

    /** Reports the recovery if the failures have ended. Called before each poll. */
    void checkRecovery() {
        Episode last = episode;
        if (last != null && current(nanoTime.getAsLong()) == null && end(last)) {
            listener.recovered();
        }
    }

    /** Returns the current failure, or empty if there is none. */
    public Optional<ReadFailure> currentFailure() {
        long now = nanoTime.getAsLong();
        return Optional.ofNullable(current(now))
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

    private @Nullable Episode current(long now) {
        Episode last = episode;
        return last == null || now - last.ends() >= 0 ? null : last;
    }
}

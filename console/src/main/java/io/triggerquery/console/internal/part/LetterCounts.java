package io.triggerquery.console.internal.part;

import io.triggerquery.consumer.internal.letter.LetterReasons;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the open dead letters of listeners, while a console is open. Counting reads the whole topic, so it is repeated
 * when something has changed here, and otherwise every 10 minutes, since other instances may have changed something. It
 * takes a twentieth of the time at most, and happens every 30 s at most.
 *
 * <p>Threads: any. One listener's are counted at a time, by a thread of the executor. Failure: the number is unknown.
 */
final class LetterCounts {

    private static final long PAUSE_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long LONG_PAUSE_NANOS = Duration.ofMinutes(10).toNanos();
    private static final int SHARE = 20;

    private final Function<String, LetterReasons> reasons;
    private final LongSupplier nanoTime;
    private final Executor executor;
    private final Map<String, Counted> counted = new ConcurrentHashMap<>();
    private final AtomicBoolean counting = new AtomicBoolean();

    /**
     * @param changes what {@code of} was told before counting
     * @param soonest when to count again if something has changed
     * @param latest when to count again in any case
     */
    private record Counted(@Nullable Count count, long changes, long soonest, long latest) {

        private boolean isOld(long now, long changesNow) {
            return now - soonest >= 0 && (changes != changesNow || now - latest >= 0);
        }
    }

    /**
     * A number of dead letters.
     *
     * @param count the number
     * @param more whether there are more, which would have taken too long to count
     */
    record Count(long count, boolean more) {}

    /**
     * Creates an instance that knows nothing yet.
     *
     * @param reasons counts the open dead letters of a listener by their reasons
     */
    LetterCounts(Function<String, LetterReasons> reasons, LongSupplier nanoTime, Executor executor) {
        this.reasons = reasons;
        this.nanoTime = nanoTime;
        this.executor = executor;
    }

    /**
     * Returns the last number, or null if it is unknown; counts again if it is time.
     *
     * @param changes a number that differs if letters have been added or handled here
     */
    @Nullable
    Count of(String listener, long changes) {
        Counted last = counted.get(listener);
        if ((last == null || last.isOld(nanoTime.getAsLong(), changes)) && counting.compareAndSet(false, true)) {
            executor.execute(() -> count(listener, changes));
        }
        return last == null ? null : last.count();
    }

    private void count(String listener, long changes) {
        long begin = nanoTime.getAsLong();
        Count count = null;
        try {
            LetterReasons found = reasons.apply(listener);
            long letters = found.others();
            for (LetterReasons.Reason reason : found.reasons()) {
                letters += reason.count();
            }
            count = new Count(letters, !found.scanned().complete());
        } catch (RuntimeException unknown) {
            // the page of the dead letters says why
        } finally {
            long end = nanoTime.getAsLong();
            long pause = Math.max(PAUSE_NANOS, SHARE * (end - begin));
            counted.put(listener, new Counted(count, changes, end + pause, end + Math.max(pause, LONG_PAUSE_NANOS)));
            counting.set(false);
        }
    }
}

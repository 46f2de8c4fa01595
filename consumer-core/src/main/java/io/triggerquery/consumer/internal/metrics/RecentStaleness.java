package io.triggerquery.consumer.internal.metrics;

import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.Work;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/**
 * Counts the last projected states by how stale they were: the time from the sending of the trigger to the projection.
 * The counts of several instances can be added. Of a minute with very many states a random part is counted, with a
 * higher weight.
 *
 * <p>Threads: any; one that adds a state waits for no other. Bounds: one count for each minute and each of about 110
 * bounds, of the last 5 minutes.
 */
public final class RecentStaleness implements EngineListener {

    private static final int MINUTES = 5;

    /** So many states of a minute are counted; of later ones, one of {@link #ONE_OF}. */
    private static final int EXACT = 4_096;

    private static final int ONE_OF = 16;
    private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

    /** Milliseconds from 1 to about 10 days, each about a fifth more than the one before. */
    private static final long[] BOUNDS = IntStream.range(0, 120)
            .mapToLong(i -> Math.round(Math.pow(2, i / 4.0)))
            .distinct()
            .toArray();

    private final InstantSource clock;
    private final Deque<Minute> minutes = new ArrayDeque<>();
    private volatile Minute newest = new Minute(0);

    /** The states of a minute. */
    private static final class Minute {
        private final long number;
        private final AtomicLongArray counts = new AtomicLongArray(BOUNDS.length);
        private final AtomicLong total = new AtomicLong();

        private Minute(long number) {
            this.number = number;
        }

        private boolean hasMany() {
            return total.get() >= EXACT;
        }

        private void add(int bound, int weight) {
            counts.addAndGet(bound, weight);
            total.addAndGet(weight);
        }
    }

    /**
     * Creates an instance that knows no state.
     *
     * @param clock compared with the times in triggers
     */
    public RecentStaleness(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void applied(Work work, int failures) {
        if (work instanceof Work.Refresh refresh) {
            add(refresh.trigger().producedAt().toEpochMilli());
        }
    }

    /** Adds a state whose trigger was sent at this time, in milliseconds. */
    void add(long sent) {
        boolean many = newest.hasMany();
        if (many && ThreadLocalRandom.current().nextInt(ONE_OF) > 0) {
            return; // this runs for each state
        }
        long now = clock.millis();
        int at = Arrays.binarySearch(BOUNDS, now - sent);
        minute(now / MINUTE_MILLIS).add(Math.min(at < 0 ? -at - 1 : at, BOUNDS.length - 1), many ? ONE_OF : 1);
    }

    private Minute minute(long number) {
        Minute last = newest;
        return number > last.number ? next(number) : last;
    }

    private synchronized Minute next(long number) {
        if (number > newest.number) {
            newest = new Minute(number);
            minutes.addLast(newest);
            minutes.removeIf(minute -> minute.number <= number - MINUTES);
        }
        return newest;
    }

    /** Returns the numbers of states by the milliseconds that they did not exceed, and exceeded the number before. */
    public synchronized Map<Long, Long> counts() {
        minute(clock.millis() / MINUTE_MILLIS);
        Map<Long, Long> found = new TreeMap<>();
        for (Minute minute : minutes) {
            for (int i = 0; i < BOUNDS.length; i++) {
                long count = minute.counts.get(i);
                if (count > 0) {
                    found.merge(BOUNDS[i], count, Long::sum);
                }
            }
        }
        return found;
    }
}

package io.triggerquery.consumer.internal.monitor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The violations that are known to persist, and the last that were found.
 *
 * <p>A known one is looked at again, at growing intervals from 10 s to 5 min, until the id is right.
 *
 * <p>Threads: any; guarded by this object. Bounds: {@value #KNOWN} known ones, the oldest, of which the first
 * {@value #LISTED} are listed, and as many last ones.
 */
final class KnownViolations {

    private static final int KNOWN = 100;
    private static final int LISTED = 20;
    private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(10);
    private static final long LONGEST_PAUSE = TimeUnit.MINUTES.toNanos(5);

    private final Map<String, Known> known = new LinkedHashMap<>();
    private final Deque<Violation> last = new ArrayDeque<>();

    private static final class Known {
        private final Violation violation;
        private final Cause cause;
        private final long since;
        private long pause = FIRST_PAUSE;
        private long nextAt;

        private Known(Violation violation, Cause cause, long since, long now) {
            this.violation = violation;
            this.cause = cause;
            this.since = since;
            this.nextAt = now + pause;
        }
    }

    /**
     * Adds a violation.
     *
     * @param since since when the id has been wrong
     * @return whether it was not known with this cause
     */
    synchronized boolean add(Violation violation, Cause cause, long since, long now) {
        Known earlier = known.get(violation.id());
        if (earlier != null && earlier.cause == cause) {
            return false;
        }
        if (earlier != null) {
            known.put(violation.id(), new Known(violation, cause, earlier.since, now));
        } else if (known.size() < KNOWN) {
            known.put(violation.id(), new Known(violation, cause, since, now));
        }
        last.addFirst(violation);
        if (last.size() > LISTED) {
            last.removeLast();
        }
        return true;
    }

    /** Removes an id that is right. */
    synchronized void right(String id) {
        known.remove(id);
    }

    /** Returns the ids to look at again, up to a number, and when each is due next. */
    synchronized List<String> due(long now, int max) {
        List<String> due = new ArrayList<>();
        for (Map.Entry<String, Known> entry : known.entrySet()) {
            Known one = entry.getValue();
            if (due.size() < max && one.nextAt <= now) {
                one.pause = Math.min(LONGEST_PAUSE, 2 * one.pause);
                one.nextAt = now + one.pause;
                due.add(entry.getKey());
            }
        }
        return due;
    }

    /** Returns the cause of a known violation. */
    synchronized Cause cause(String id) {
        Known one = known.get(id);
        return one == null ? Cause.UNKNOWN : one.cause;
    }

    /** Returns how old the oldest known violation is, in nanoseconds; 0 if none is known. */
    synchronized long oldest(long now) {
        Collection<Known> all = known.values();
        return all.stream().mapToLong(one -> now - one.since).max().orElse(0);
    }

    synchronized int size() {
        return known.size();
    }

    /** Returns the first of the known violations, in the order in which their ids were found. */
    synchronized List<Violation> persisting() {
        return known.values().stream().limit(LISTED).map(one -> one.violation).toList();
    }

    /** Returns the last violations, the latest first. */
    synchronized List<Violation> last() {
        return List.copyOf(last);
    }
}

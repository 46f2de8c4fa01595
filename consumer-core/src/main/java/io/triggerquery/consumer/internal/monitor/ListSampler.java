package io.triggerquery.consumer.internal.monitor;

import io.triggerquery.consumer.ResyncSource.Entry;
import io.triggerquery.consumer.ResyncSource.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses ids from a list at random: some of each page, a page every {@code INTERVAL}, from the first page to the last
 * and again.
 *
 * <p>Threads: the monitor's thread. Bounds: one page. Failure: that of the list; it begins with the first page a minute
 * later.
 */
final class ListSampler {

    static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Pages pages;
    private final int perPage;
    private final RandomGenerator random;
    private @Nullable String cursor;
    private long nextAt;

    /** Lists ids by pages. */
    @FunctionalInterface
    interface Pages {

        /** Returns a page; the first for a null cursor. */
        Page page(@Nullable String cursor) throws Exception;
    }

    ListSampler(Pages pages, int perPage, RandomGenerator random, long now) {
        this.pages = pages;
        this.perPage = perPage;
        this.random = random;
        this.nextAt = now;
    }

    /** Returns the chosen ids of the next page, or none while it is not time. */
    List<Entry> choose(long now) throws Exception {
        if (now < nextAt) {
            return List.of();
        }
        String from = cursor;
        cursor = null;
        nextAt = now + PAUSE.toNanos();
        Page page = pages.page(from);
        cursor = page.next() != null && page.next().equals(from) ? null : page.next();
        nextAt = now + INTERVAL.toNanos();
        return some(page.entries());
    }

    private List<Entry> some(List<Entry> entries) {
        List<Entry> left = new ArrayList<>(entries);
        left.removeIf(Entry::deleted);
        List<Entry> chosen = new ArrayList<>(perPage);
        while (chosen.size() < perPage && !left.isEmpty()) {
            int at = random.nextInt(left.size());
            chosen.add(left.get(at));
            left.set(at, left.get(left.size() - 1)); // the order of the rest does not matter
            left.remove(left.size() - 1);
        }
        return chosen;
    }
}

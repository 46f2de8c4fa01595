package io.triggerquery.consumer.internal.monitor;

import io.triggerquery.consumer.ResyncSource.Entry;
import io.triggerquery.consumer.internal.failure.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Plans the checks of ids that the source and the projection list.
 *
 * <p>Threads: the monitor's thread; others read the last error.
 */
final class ListSampling {

    private final List<Listed> lists = new ArrayList<>();
    private final CheckQueue queue;

    private record Listed(Measure measure, ListSampler sampler, LastError error) {}

    private static final class LastError {
        private volatile @Nullable String line;
    }

    ListSampling(MonitoredSides sides, double perSecond, CheckQueue queue, MonitorTime time) {
        this.queue = queue;
        int perPage = Math.max(1, (int) (perSecond * ListSampler.INTERVAL.toSeconds()));
        if (sides.listsSource()) {
            add(Measure.LISTED, new ListSampler(sides::sourcePage, perPage, time.random(), time.nanos()));
        }
        if (sides.listsProjection()) {
            add(Measure.PROJECTED, new ListSampler(sides::projectionPage, perPage, time.random(), time.nanos()));
        }
    }

    private void add(Measure measure, ListSampler sampler) {
        lists.add(new Listed(measure, sampler, new LastError()));
    }

    /** Plans the next checks, if it is time. */
    void next(long now) throws InterruptedException {
        for (Listed list : lists) {
            try {
                plan(list.sampler().choose(now), list.measure(), now);
                list.error().line = null;
            } catch (InterruptedException stopped) {
                throw stopped;
            } catch (Exception failure) {
                list.error().line = "The list of " + list.measure().label() + " ids: " + OneLine.of(failure);
            }
        }
    }

    /** Plans the checks of a page, evenly until the next page. */
    private void plan(List<Entry> entries, Measure measure, long now) {
        for (int i = 0; i < entries.size(); i++) {
            long at = now + i * ListSampler.INTERVAL.toNanos() / entries.size();
            queue.add(Check.ofListed(new Subject(entries.get(i).id(), OptionalLong.empty(), at, null), measure));
        }
    }

    /** Returns the last error of a list, or null. */
    @Nullable
    String error() {
        for (Listed list : lists) {
            if (list.error().line != null) {
                return list.error().line;
            }
        }
        return null;
    }
}

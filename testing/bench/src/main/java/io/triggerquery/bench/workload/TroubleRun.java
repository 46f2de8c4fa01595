package io.triggerquery.bench.workload;

import io.triggerquery.bench.source.Counts;
import io.triggerquery.bench.workload.PeerEvent.Fresh;
import io.triggerquery.bench.workload.PeerEvent.Sample;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The measurement of a fault from its beginning: calls, log lines and applied ids. Times until all ids are applied are
 * as exact as the samples.
 */
final class TroubleRun {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PATIENCE_AFTER_LIVE = Duration.ofSeconds(30);

    private final Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    private final Site site;
    private final PeerProcess process;
    private final Course course;
    private final Disturbance disturbance;
    private final Predicate<Sample> allApplied;
    private final Counts before;
    private final long logged;
    private final Sample begin;

    /** Switches the fault on. */
    TroubleRun(Site site, PeerProcess process, Course course, Disturbance disturbance) {
        this.site = site;
        this.process = process;
        this.course = course;
        this.disturbance = disturbance;
        this.allApplied = sample -> sample.applied() == course.end();
        this.before = site.source().counts();
        this.logged = process.log().end();
        disturbance.begin(site, process);
        this.begin = process.events().fresh();
    }

    /**
     * Waits while the fault lasts.
     *
     * @param heals whether the fault ends after its time; if not, the wait ends as soon as all ids are applied
     */
    void last(boolean heals) {
        Sample end;
        if (heals) {
            end = process.events().after(begin, course.length());
        } else {
            Optional<Sample> done = process.events().within(course.length(), allApplied);
            figures.put(Figure.DONE, seconds(begin.nanos(), done));
            end = done.orElseGet(() -> process.events().fresh());
        }
        figures.put(Figure.IN_TROUBLE, (double) calls());
        figures.put(Figure.CPU_IN_TROUBLE, WallClock.seconds(end.cpuNanos() - begin.cpuNanos()));
        if (course.isLive()) {
            figures.put(Figure.LIVE, (double) process.timesToFresh().count());
        }
    }

    private long calls() {
        return site.source().counts().since(before).calls();
    }

    /** Switches the fault off, and waits until all ids are applied. */
    void end() {
        long ended = WallClock.nanos();
        disturbance.end(site, process);
        Duration timing = course.isLive() ? PATIENCE_AFTER_LIVE : PATIENCE;
        figures.put(Figure.DRAINED, seconds(ended, process.events().within(timing, allApplied)));
    }

    private static double seconds(long sinceNanos, Optional<Sample> reached) {
        return reached.map(sample -> Math.max(0, WallClock.seconds(sample.nanos() - sinceNanos)))
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** Returns the figures that have been measured. */
    Map<Figure, Double> figures() {
        PeerLog.Size log = process.log().since(logged);
        figures.put(Figure.LOG_LINES, (double) log.lines());
        figures.put(Figure.LOG_SIZE, log.bytes() / 1e3);
        figures.put(Figure.CALLS, (double) calls());
        figures.put(
                Figure.NEVER, (double) (course.end() - process.events().fresh().applied()));
        if (course.isLive()) {
            figures.putAll(percentiles(process.timesToFresh(), course.live()));
        }
        return figures;
    }

    /** Returns percentiles of all sent triggers; the peer counts only those that it has applied. */
    static Map<Figure, Double> percentiles(Fresh fresh, int sent) {
        double applied = (double) fresh.count() / sent;
        return Map.of(
                Figure.P50, applied < 0.5 ? Double.POSITIVE_INFINITY : fresh.p50Micros() / 1e3,
                Figure.P99, applied < 0.99 ? Double.POSITIVE_INFINITY : fresh.p99Micros() / 1e3,
                Figure.SLOWEST, applied < 1 ? Double.POSITIVE_INFINITY : fresh.maxMicros() / 1e3);
    }
}

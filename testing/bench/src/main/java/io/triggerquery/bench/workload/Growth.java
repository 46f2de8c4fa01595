package io.triggerquery.bench.workload;

import io.triggerquery.bench.source.Counts;
import io.triggerquery.bench.workload.PeerEvent.Sample;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measures what a peer stores for many distinct ids, and whether it slows down.
 *
 * @param ids the number of ids
 */
record Growth(String name, int ids) implements Workload {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration AROUND = Duration.ofSeconds(10);
    private static final int FASTEST = 40_000;

    @Override
    public String description() {
        return String.format("growth: %,d distinct ids, or as many as are done within %d s", ids, LONGEST.toSeconds());
    }

    @Override
    public List<Figure> figures() {
        return List.of(Figure.HEAP, Figure.RATE, Figure.CPU);
    }

    @Override
    public boolean suitsLimits() {
        return false;
    }

    @Override
    public Duration expected(Pace pace) {
        Duration work = Duration.ofSeconds(ids / FASTEST);
        return AROUND.plus(work.compareTo(LONGEST) < 0 ? work : LONGEST);
    }

    @Override
    public Outcome run(Site site, String peer, Pace pace) {
        var load = new TopicLoad.Distinct(Workloads.PARTITIONS, ids);
        PeerSetup setup = new PeerSetup(site.topics().of(load), load.partitions(), ids);
        site.source().latency(Workloads.LATENCY);
        Group group = site.group(peer, setup);
        try (PeerProcess process = site.start(peer, group, setup)) {
            Sample first = process.await("the first trigger is done", sample -> sample.settled() > 0);
            Counts before = site.source().counts();
            Sample last = process.await(
                    "the end",
                    sample -> sample.settled() >= ids || sample.nanos() - first.nanos() >= LONGEST.toNanos());
            Window all = new Window(first, last, site.source().counts().since(before), 0);
            Map<Figure, Double> figures = new EnumMap<>(Figure.class);
            figures.putAll(all.figures());
            List<String> remarks = Remarks.of(process, last, load);
            figures.put(Figure.HEAP, process.liveBytes() / 1e6);
            process.stop();
            figures.put(Figure.LAG, (double) group.lag());
            return new Outcome(figures, remarks);
        }
    }
}

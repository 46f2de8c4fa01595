package io.triggerquery.bench.workload;

import io.triggerquery.bench.workload.PeerEvent.Sample;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The source is down for 10 s under a fixed load, which ends with the outage: measures the wasted calls, and the time
 * until all ids are applied. Times are as exact as the samples.
 */
record Outage(String name) implements Workload {

    private static final Duration BEFORE = Duration.ofSeconds(10);
    private static final Duration DOWN = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST = 100_000;

    @Override
    public String description() {
        return "source down for 10 s at " + SteadyLoad.PER_SECOND
                + " triggers/s with distinct ids, 12 partitions, 5 ms";
    }

    @Override
    public List<Figure> figures() {
        return List.of(Figure.DRAINED, Figure.FIRST, Figure.WASTED, Figure.LAG);
    }

    @Override
    public boolean suitsLimits() {
        return false;
    }

    @Override
    public Duration expected(Pace pace) {
        return BEFORE.plus(DOWN).plusSeconds(15);
    }

    @Override
    public Outcome run(Site site, String peer, Pace pace) {
        PeerSetup setup = new PeerSetup(site.topics().empty(Workloads.PARTITIONS), Workloads.PARTITIONS, MOST);
        site.source().latency(Workloads.LATENCY);
        Group group = site.group(peer, setup);
        try (PeerProcess process = site.start(peer, group, setup);
                Sender sender = site.sender(setup);
                Pacer pacer = new Pacer(sender, 1, MOST, WallClock.nanos(), SteadyLoad.INTERVAL_NANOS)) {
            Sample first = process.await("the first id is applied", sample -> sample.applied() > 0);
            process.events().after(first, BEFORE);
            Map<Figure, Double> figures = new EnumMap<>(Figure.class);
            Sample last = goDown(site, process, figures);
            long returned = WallClock.nanos();
            int sent = pacer.stop();
            long applied = comeBack(process, last, returned, sent, figures);
            process.stop();
            figures.put(Figure.LAG, (double) group.lag());
            return new Outcome(figures, remarks(applied, sent));
        } finally {
            site.source().down(false);
        }
    }

    private static Sample goDown(Site site, PeerProcess process, Map<Figure, Double> figures) {
        long failed = site.source().counts().failed();
        site.source().down(true);
        Sample last = process.events().after(process.events().fresh(), DOWN);
        figures.put(Figure.WASTED, (double) (site.source().counts().failed() - failed));
        site.source().down(false);
        return last;
    }

    private static long comeBack(
            PeerProcess process, Sample last, long returned, int sent, Map<Figure, Double> figures) {
        Optional<Sample> first = process.events().within(PATIENCE, sample -> sample.applied() > last.applied());
        Optional<Sample> drained = process.events().within(PATIENCE, sample -> sample.applied() >= sent);
        figures.put(Figure.FIRST, since(returned, first));
        figures.put(Figure.DRAINED, since(returned, drained));
        return drained.orElseGet(() -> process.events().fresh()).applied();
    }

    private static double since(long nanos, Optional<Sample> sample) {
        return sample.map(reached -> Math.max(0, WallClock.seconds(reached.nanos() - nanos)))
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static List<String> remarks(long applied, int sent) {
        return applied == sent
                ? List.of()
                : List.of(String.format(
                        "%,d of %,d ids were not applied %d s after the source was back",
                        sent - applied, sent, PATIENCE.toSeconds()));
    }
}

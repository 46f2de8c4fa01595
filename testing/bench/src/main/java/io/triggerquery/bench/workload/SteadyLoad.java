package io.triggerquery.bench.workload;

import io.triggerquery.bench.workload.PeerEvent.Fresh;
import io.triggerquery.bench.workload.PeerEvent.Sample;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Measures time to fresh under a fixed load, from the intended time of a trigger to the projection of its state. */
record SteadyLoad(String name) implements Workload {

    static final int PER_SECOND = 500;
    static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos() / PER_SECOND;

    // enough for a process to start and join its group
    private static final Duration HEAD_START = Duration.ofSeconds(10);
    private static final Duration DRAIN = Duration.ofSeconds(20);

    @Override
    public String description() {
        return "open loop of " + PER_SECOND + " triggers/s with distinct ids, 12 partitions, 5 ms";
    }

    @Override
    public List<Figure> figures() {
        return List.of(Figure.P99, Figure.P50, Figure.P999, Figure.SLOWEST);
    }

    @Override
    public boolean suitsLimits() {
        return false;
    }

    @Override
    public Duration expected(Pace pace) {
        return HEAD_START.plus(pace.warmUp()).plus(pace.openLoop()).plusSeconds(3);
    }

    @Override
    public Outcome run(Site site, String peer, Pace pace) {
        int warmUp = Math.toIntExact(PER_SECOND * pace.warmUp().toSeconds());
        int all = warmUp + Math.toIntExact(PER_SECOND * pace.openLoop().toSeconds());
        long start = WallClock.nanos() + HEAD_START.toNanos();
        PeerSetup setup = new PeerSetup(site.topics().empty(Workloads.PARTITIONS), Workloads.PARTITIONS, all)
                .with("openLoopStartNanos", start)
                .with("openLoopIntervalNanos", INTERVAL_NANOS)
                .with("openLoopFirst", warmUp + 1);
        site.source().latency(Workloads.LATENCY);
        Group group = site.group(peer, setup);
        try (PeerProcess process = site.start(peer, group, setup);
                Sender sender = site.sender(setup)) {
            if (WallClock.nanos() > start) {
                throw new IllegalStateException(peer + " was not ready after " + HEAD_START.toSeconds() + " s");
            }
            Sample last = sendAndDrain(process, new Pacer(sender, 1, all, start, INTERVAL_NANOS), all);
            Fresh fresh = process.timesToFresh();
            process.stop();
            return outcome(fresh, last, all, group.lag());
        }
    }

    private static Sample sendAndDrain(PeerProcess process, Pacer pacer, int all) {
        try (pacer) {
            process.await("all is sent", sample -> pacer.sent() == all);
        }
        return process.events()
                .within(DRAIN, sample -> sample.applied() == all)
                .orElseGet(() -> process.events().fresh());
    }

    private static Outcome outcome(Fresh fresh, Sample last, int all, long lag) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.P50, fresh.p50Micros() / 1e3);
        figures.put(Figure.P99, fresh.p99Micros() / 1e3);
        figures.put(Figure.P999, fresh.p999Micros() / 1e3);
        figures.put(Figure.SLOWEST, fresh.maxMicros() / 1e3);
        figures.put(Figure.LAG, (double) lag);
        List<String> remarks = last.applied() == all
                ? List.of()
                : List.of(String.format(
                        "%,d of %,d ids were not applied %d s after the last was sent, and are in no percentile",
                        all - last.applied(), all, DRAIN.toSeconds()));
        return new Outcome(figures, remarks);
    }
}

package io.triggerquery.bench.workload;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Lets one id fail for 20 s, then kills the peer: see {@link StuckRun} and {@link KilledRun}.
 *
 * @param deferAfter the framework's time until a failing id is deferred
 */
record StuckId(String name, Duration deferAfter) implements Workload {

    @Override
    public String description() {
        return String.format(
                "one of %,d ids fails for %d s (ours defers after %d s), 12 partitions, 5 ms; then kill -9 and restart",
                StuckRun.IDS, StuckRun.STUCK.toSeconds(), deferAfter.toSeconds());
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                Figure.SLOWER,
                Figure.ALONE,
                Figure.OTHERS,
                Figure.APPLIED_BESIDE,
                Figure.LAG_BESIDE,
                Figure.NEEDLESS,
                Figure.HEALED,
                Figure.AGAIN);
    }

    @Override
    public boolean suitsLimits() {
        return false;
    }

    @Override
    public Duration expected(Pace pace) {
        return StuckRun.STUCK.plusSeconds(50);
    }

    @Override
    public Outcome run(Site site, String peer, Pace pace) {
        int ids = StuckRun.LAST + KilledRun.IDS;
        long start = WallClock.nanos();
        PeerSetup setup = new PeerSetup(site.topics().empty(Workloads.PARTITIONS), Workloads.PARTITIONS, ids)
                .with("openLoopStartNanos", start)
                .with("openLoopIntervalNanos", 0)
                .with("triggerquery.defaults.defer-after", deferAfter.toMillis() + "ms");
        site.source().latency(Workloads.LATENCY);
        Group group = site.group(peer, setup);
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        List<String> remarks;
        try (Sender sender = site.loader(setup)) {
            try (PeerProcess process = site.start(peer, group, setup)) {
                StuckRun run = new StuckRun(site.source(), group, process, sender, start);
                figures.putAll(run.run());
                remarks = run.remarks();
                KilledRun.workAndKill(site.source(), process, sender);
            }
            group.forgetMembers();
            try (PeerProcess process = site.start(peer, group, setup)) {
                figures.put(Figure.AGAIN, KilledRun.queriedAgain(site.source(), group, process));
            }
        } finally {
            site.source().unstick();
        }
        return new Outcome(figures, remarks);
    }
}

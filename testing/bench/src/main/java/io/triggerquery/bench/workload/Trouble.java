package io.triggerquery.bench.workload;

import io.triggerquery.bench.source.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Switches a fault on for a time, and measures its costs and the time until all ids are applied. See {@link
 * TroubleRun}.
 *
 * @param disturbance the fault
 * @param course the triggers that are sent during the fault
 * @param heals whether the fault ends; if not, the peer must apply all ids in spite of it
 * @param settings properties of the framework that differ from the defaults
 */
record Trouble(
        String name,
        String description,
        Disturbance disturbance,
        Course course,
        boolean heals,
        Map<String, String> settings)
        implements Workload {

    // enough for a process to start, join its group and warm up
    private static final Duration HEAD_START = Duration.ofSeconds(30);
    private static final Duration AROUND = Duration.ofSeconds(10);

    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        if (course.isLive()) {
            figures.addAll(List.of(Figure.P99, Figure.P50, Figure.SLOWEST, Figure.LIVE));
        }
        figures.add(heals ? Figure.DRAINED : Figure.DONE);
        figures.addAll(List.of(
                Figure.IN_TROUBLE,
                Figure.CALLS,
                Figure.NEVER,
                Figure.RETRIES,
                Figure.LOG_LINES,
                Figure.LOG_SIZE,
                Figure.CPU_IN_TROUBLE));
        return figures;
    }

    @Override
    public boolean suitsLimits() {
        return false;
    }

    @Override
    public Duration expected(Pace pace) {
        return AROUND.plus(course.at(pace).length()).plus(course.isLive() ? HEAD_START : Duration.ZERO);
    }

    @Override
    public Outcome run(Site site, String peer, Pace pace) {
        Course paced = course.at(pace);
        long begin = WallClock.nanos() + HEAD_START.toNanos();
        PeerSetup setup = setup(site, paced, begin);
        site.source().latency(paced.latency());
        Group group = site.group(peer, setup);
        try (PeerProcess process = site.start(peer, group, setup);
                Sender atOnce = site.loader(setup);
                Sender live = site.sender(setup)) {
            warmUp(process, atOnce);
            try (Pacer pacer = paced.isLive() ? paced.pacer(live, begin) : null) {
                if (pacer != null) {
                    awaitLive(process, begin);
                }
                TroubleRun run = new TroubleRun(site, process, paced, disturbance);
                atOnce.sendAll(paced.first(), paced.last());
                run.last(heals);
                if (heals) {
                    run.end();
                }
                Map<Figure, Double> figures = run.figures();
                figures.put(Figure.RETRIES, (double) site.topics().records(retryTopic(group)));
                return new Outcome(figures, List.of());
            }
        } finally {
            site.source().fault(Fault.NONE);
        }
    }

    private PeerSetup setup(Site site, Course paced, long begin) {
        // an application's default log settings
        PeerSetup setup = new PeerSetup(site.topics().empty(Workloads.PARTITIONS), Workloads.PARTITIONS, paced.end())
                .with("bench.log.level", "INFO")
                .with("bench.log.frames", "full");
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            setup = setup.with(setting.getKey(), setting.getValue());
        }
        return paced.isLive() ? paced.timed(setup, begin) : setup;
    }

    private static void warmUp(PeerProcess process, Sender sender) {
        sender.sendAll(1, Course.WARM_UP);
        process.await("the warm-up is applied", sample -> sample.applied() == Course.WARM_UP);
    }

    private static void awaitLive(PeerProcess process, long beginNanos) {
        if (WallClock.nanos() > beginNanos) {
            throw new IllegalStateException("the peer was not warm after " + HEAD_START.toSeconds() + " s");
        }
        process.await("the live triggers begin", sample -> sample.nanos() >= beginNanos);
    }

    // only the framework has a retry topic
    private static String retryTopic(Group group) {
        return group.topic() + "-" + group.name() + "-retry";
    }
}

package io.triggerquery.bench.workload;

import io.triggerquery.bench.source.Counts;
import io.triggerquery.bench.workload.PeerEvent.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Measures the rate and the costs with triggers that are all in the topic when the peer starts.
 *
 * @param load the triggers of the topic
 * @param latency the latency of the source
 * @param rows where states are projected
 */
record Throughput(String name, String description, Function<Pace, TopicLoad> load, Duration latency, Rows rows)
        implements Workload {

    /** Where states are projected. */
    enum Rows {
        IN_MEMORY,

        /** Into an empty table of PostgreSQL. */
        INSERTED,

        /** Into a table of PostgreSQL that has all ids. The source's versions grow. */
        UPDATED
    }

    private static final Duration AROUND = Duration.ofSeconds(7);
    // if a peer has done this part before the end of the warm-up, the rest is too short for the window
    private static final int WARM_PART = 2;

    @Override
    public List<Figure> figures() {
        return inPostgres()
                ? List.of(Figure.RATE, Figure.CPU, Figure.DATABASE_CPU, Figure.QUERIES)
                : List.of(Figure.RATE, Figure.CPU, Figure.QUERIES);
    }

    @Override
    public boolean suitsLimits() {
        return !inPostgres();
    }

    @Override
    public boolean inPostgres() {
        return rows != Rows.IN_MEMORY;
    }

    @Override
    public Duration expected(Pace pace) {
        return AROUND.plus(pace.warmUp()).plus(pace.window());
    }

    @Override
    public Outcome run(Site site, String peer, Pace pace) {
        TopicLoad triggers = load.apply(pace);
        PeerSetup setup = new PeerSetup(site.topics().of(triggers), triggers.partitions(), triggers.ids());
        String database = inPostgres() ? site.databases().empty() : null;
        if (database != null) {
            setup = setup.with("projection", "postgres").with("jdbcUrl", database);
            if (rows == Rows.UPDATED) {
                site.databases().fill(database, triggers.ids());
            }
        }
        site.source().latency(latency);
        Group group = site.group(peer, setup);
        try (var versions = new GrowingVersions(site.source(), rows == Rows.UPDATED);
                PeerProcess process = site.start(peer, group, setup)) {
            DatabaseCpu cpu = database == null ? () -> 0 : site.databases()::cpuNanos;
            Window window = measure(site, process, cpu, pace, triggers.triggers());
            List<String> remarks = new ArrayList<>(Remarks.of(process, window.to(), triggers));
            process.stop();
            if (database != null) {
                remarks.addAll(Remarks.of(window.to(), site.databases().states(database)));
            }
            Map<Figure, Double> figures = new EnumMap<>(Figure.class);
            figures.putAll(window.figures());
            figures.put(Figure.LAG, (double) group.lag());
            return new Outcome(figures, remarks);
        }
    }

    /** The CPU time that the database's server has used, in nanoseconds. */
    private interface DatabaseCpu {
        long nanos();
    }

    private static Window measure(Site site, PeerProcess process, DatabaseCpu cpu, Pace pace, long triggers) {
        Sample first = process.await("the first trigger is done", sample -> sample.settled() > 0);
        Sample from = process.await(
                "it is warm",
                sample -> sample.nanos() - first.nanos() >= pace.warmUp().toNanos()
                        || sample.settled() >= triggers / WARM_PART);
        long cpuBefore = cpu.nanos();
        Counts before = site.source().counts();
        Sample to = process.await(
                "the window is over",
                sample -> sample.nanos() - from.nanos() >= pace.window().toNanos() || sample.settled() >= triggers);
        return new Window(from, to, site.source().counts().since(before), cpu.nanos() - cpuBefore);
    }
}

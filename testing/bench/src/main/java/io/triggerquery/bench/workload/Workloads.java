package io.triggerquery.bench.workload;

import io.triggerquery.bench.workload.Throughput.Rows;
import io.triggerquery.bench.workload.TopicLoad.Cycle;
import io.triggerquery.bench.workload.TopicLoad.Distinct;
import io.triggerquery.bench.workload.TopicLoad.Zipf;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** All workloads. */
public final class Workloads {

    static final int PARTITIONS = 12;
    static final Duration LATENCY = Duration.ofMillis(5);

    private static final Duration SLOW = Duration.ofMillis(20);
    private static final int HOT_IDS = 1_000;
    private static final int ROWS = 1_000_000;
    private static final List<Workload> WITHOUT_FAULTS = List.of(
            new Throughput("W1", "distinct ids, 12 partitions, 5 ms", Workloads::distinct, LATENCY, Rows.IN_MEMORY),
            new Throughput("W2", "distinct ids, 12 partitions, 20 ms", Workloads::distinct, SLOW, Rows.IN_MEMORY),
            new Throughput(
                    "W3",
                    "hot ids, Zipf(1.0) over 1,000, 12 partitions, 5 ms",
                    pace -> new Zipf(PARTITIONS, HOT_IDS, 4 * pace.triggers()),
                    LATENCY,
                    Rows.IN_MEMORY),
            new Throughput(
                    "W4",
                    "distinct ids, 1 partition, 5 ms",
                    pace -> new Distinct(1, pace.triggers()),
                    LATENCY,
                    Rows.IN_MEMORY),
            new StuckId("W5", Duration.ofSeconds(10)),
            new Outage("W6"),
            new SteadyLoad("W7"),
            new Throughput("W8", "W1 with projection in PostgreSQL", Workloads::distinct, LATENCY, Rows.INSERTED),
            new Throughput(
                    "W8-updates",
                    "a million ids again and again, each with a newer state, with projection in PostgreSQL",
                    pace -> new Cycle(PARTITIONS, ROWS, pace.triggers()),
                    LATENCY,
                    Rows.UPDATED),
            new Growth("W9-10k", 10_000),
            new Growth("W9-100k", 100_000),
            new Growth("W9-1M", 1_000_000),
            new Growth("W9-10M", 10_000_000));

    private Workloads() {}

    /** Returns the workloads with faults. */
    public static List<Workload> troubles() {
        return Troubles.all();
    }

    /** Returns all workloads, in the order in which they run. */
    public static List<Workload> all() {
        return Stream.concat(WITHOUT_FAULTS.stream(), troubles().stream()).toList();
    }

    private static TopicLoad distinct(Pace pace) {
        return new Distinct(PARTITIONS, pace.triggers());
    }
}

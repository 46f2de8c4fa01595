package io.triggerquery.bench.peer;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the events of a peer, one JSON object in each line: {@code ready} at once, a sample every 100 ms, and the
 * answer to a line of input: {@code fresh} or {@code memory}. The projection fails from {@code break} to {@code
 * repair}. The reporter ends on {@code stop} and at the end of the input.
 */
final class Reporter {

    private static final Logger log = LoggerFactory.getLogger(Reporter.class);
    private static final long SAMPLE_MILLIS = 100;

    private final Progress progress;
    private final BreakableProjection projection;
    private final PrintStream out;
    private final JsonMapper json = JsonMapper.shared();

    Reporter(Progress progress, BreakableProjection projection, PrintStream out) {
        this.progress = progress;
        this.projection = projection;
        this.out = out;
    }

    /** Reports until a line of input requests the end. */
    @SuppressWarnings("FutureReturnValueIgnored") // samples end with the executor
    void run(Reader input) throws IOException {
        write(event("ready"));
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (var commands = new BufferedReader(input)) {
            clock.scheduleAtFixedRate(this::writeSample, 0, SAMPLE_MILLIS, TimeUnit.MILLISECONDS);
            for (String command = commands.readLine();
                    command != null && !command.equals("stop");
                    command = commands.readLine()) {
                execute(command);
            }
        } finally {
            clock.shutdownNow();
        }
    }

    private void writeSample() {
        try {
            write(sample());
        } catch (RuntimeException failure) {
            log.error("A sample could not be written", failure); // an exception would end the schedule
        }
    }

    private void execute(String command) {
        switch (command.strip()) {
            case "fresh" -> write(fresh());
            case "memory" -> write(memory());
            case "break" -> projection.broken(true);
            case "repair" -> projection.broken(false);
            default ->
                log.warn("Unknown command '{}'; the commands are fresh, memory, break, repair and stop", command);
        }
    }

    private ObjectNode sample() {
        return event("sample")
                .put("nanos", Progress.nowNanos())
                .put("applied", progress.applied())
                .put("settled", progress.settled())
                .put("projections", progress.projections())
                .put("cpuNanos", cpuNanos())
                .put("heapBytes", heapBytes());
    }

    private ObjectNode fresh() {
        Histogram micros = progress.toFresh();
        return event("fresh")
                .put("count", micros.getTotalCount())
                .put("p50Micros", micros.getValueAtPercentile(50))
                .put("p99Micros", micros.getValueAtPercentile(99))
                .put("p999Micros", micros.getValueAtPercentile(99.9))
                .put("maxMicros", micros.getMaxValue());
    }

    private ObjectNode memory() {
        System.gc(); // only the live heap is measured
        return event("memory").put("liveBytes", heapBytes());
    }

    private static long heapBytes() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : -1;
    }

    private ObjectNode event(String name) {
        return json.createObjectNode().put("event", name);
    }

    private synchronized void write(ObjectNode line) {
        out.println(line);
        out.flush();
    }
}

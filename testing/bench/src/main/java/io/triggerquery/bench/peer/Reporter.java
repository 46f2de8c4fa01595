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
 * Says how far the peer is: one JSON object in a line. Ready at once, a sample every 100 ms, and what it is asked for
 * by a line of input: {@code fresh}, {@code memory}, or {@code stop}, which the end of the input means too. With {@code
 * break} the projection fails until {@code repair}.
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

    /** Reports until it is told to stop. */
    @SuppressWarnings("FutureReturnValueIgnored") // samples end with the clock
    void run(Reader input) throws IOException {
        say(event("ready"));
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (var commands = new BufferedReader(input)) {
            clock.scheduleAtFixedRate(this::saySample, 0, SAMPLE_MILLIS, TimeUnit.MILLISECONDS);
            for (String command = commands.readLine();
                    command != null && !command.equals("stop");
                    command = commands.readLine()) {
                obey(command);
            }
        } finally {
            clock.shutdownNow();
        }
    }

    private void saySample() {
        try {
            say(sample());
        } catch (RuntimeException failure) {
            log.error("A sample is missing", failure); // thrown on, it would end the clock
        }
    }

    private void obey(String command) {
        switch (command.strip()) {
            case "fresh" -> say(fresh());
            case "memory" -> say(memory());
            case "break" -> projection.broken(true);
            case "repair" -> projection.broken(false);
            default -> log.warn("There is no command '{}'; there are fresh, memory, break, repair and stop", command);
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
        System.gc(); // what lives is the point of the question
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

    private synchronized void say(ObjectNode line) {
        out.println(line);
        out.flush();
    }
}

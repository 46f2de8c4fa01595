package io.triggerquery.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReporterTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final BreakableProjection PROJECTION = new BreakableProjection(new MemoryProjection(1));

    @Test
    void reportsReadyFirstAndAnswersCommands() throws IOException {
        long start = Progress.nowNanos() - Duration.ofSeconds(10).toNanos();
        var progress = new Progress(5, new OpenLoop(start, Duration.ofSeconds(1).toNanos(), 3));
        progress.projected(2);
        progress.projected(3);
        progress.projected(5);
        List<JsonNode> lines = report(progress, "fresh\nmemory\nstop\nfresh\n");

        assertThat(lines.get(0).get("event").asString()).isEqualTo("ready");
        List<JsonNode> answers = lines.stream()
                .filter(line -> !line.get("event").asString().matches("ready|sample"))
                .toList();
        assertThat(answers).extracting(line -> line.get("event").asString()).containsExactly("fresh", "memory");
        assertThat(answers.get(0).get("count").asLong()).isEqualTo(2);
        assertThat(answers.get(0).get("p50Micros").asLong()).isGreaterThan(4_990_000);
        assertThat(answers.get(0).get("maxMicros").asLong()).isGreaterThan(6_990_000);
        assertThat(answers.get(1).get("liveBytes").asLong()).isPositive();
    }

    @Test
    void breaksAndRepairsTheProjection() throws IOException {
        var billing = new Billing("payment-0000001", true, null, 1);

        report(new Progress(1, null), "break\n");
        assertThatThrownBy(() -> PROJECTION.project(billing)).hasRootCauseInstanceOf(SQLException.class);
        assertThatThrownBy(() -> PROJECTION.project(List.of(billing))).hasRootCauseInstanceOf(SQLException.class);

        report(new Progress(1, null), "repair\n");
        assertThatNoException().isThrownBy(() -> PROJECTION.project(billing));
    }

    @Test
    void endOfInputStopsTheReporter() throws IOException {
        assertThat(report(new Progress(1, null), "")).isNotEmpty();
    }

    @Test
    void samplesContainTheProgress() throws Exception {
        var progress = new Progress(10, null);
        progress.projected(1);
        progress.projected(1);
        progress.settled(3);
        BlockingQueue<JsonNode> samples = new LinkedBlockingQueue<>();
        try (var keyboard = new PipedWriter();
                var input = new PipedReader(keyboard)) {
            var reporter = new Reporter(progress, PROJECTION, new PrintStream(new ByteArrayOutputStream(), true) {
                @Override
                public void println(Object line) {
                    if (line instanceof JsonNode json
                            && json.get("event").asString().equals("sample")) {
                        samples.add(json);
                    }
                }
            });
            var running = CompletableFuture.runAsync(() -> {
                try {
                    reporter.run(input);
                } catch (IOException failure) {
                    throw new IllegalStateException(failure);
                }
            });
            JsonNode first = samples.poll(30, TimeUnit.SECONDS);
            JsonNode second = samples.poll(30, TimeUnit.SECONDS);
            keyboard.write("stop\n");
            keyboard.close();
            running.get(30, TimeUnit.SECONDS);

            assertThat(first).isNotNull();
            assertThat(first.get("applied").asLong()).isEqualTo(1);
            assertThat(first.get("projections").asLong()).isEqualTo(2);
            assertThat(first.get("settled").asLong()).isEqualTo(3);
            assertThat(first.get("cpuNanos").asLong()).isPositive();
            assertThat(first.get("heapBytes").asLong()).isPositive();
            assertThat(second).isNotNull();
            assertThat(second.get("nanos").asLong())
                    .isGreaterThan(first.get("nanos").asLong());
        }
    }

    private static List<JsonNode> report(Progress progress, String commands) throws IOException {
        var bytes = new ByteArrayOutputStream();
        new Reporter(progress, PROJECTION, new PrintStream(bytes, true, StandardCharsets.UTF_8))
                .run(new StringReader(commands));
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .map(JSON::readTree)
                .toList();
    }
}

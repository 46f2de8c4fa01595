package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cost of many idle listeners, compared with as many idle listeners of spring-kafka. {@code -Didle.seconds=60} also
 * prints the CPU time.
 */
class IdleCostIT {

    private static final int SECONDS = Integer.getInteger("idle.seconds", 2);

    /** The cost of shared parts, such as clients and the timer. */
    private static final int ONCE = 15;

    @TempDir
    private Path directory;

    private record Cost(long threads, long sockets, long cpuMillisAMinute, long logLines) {}

    private Cost measure(String kind) {
        try {
            return measured(kind);
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Cost measured(String kind) throws IOException, InterruptedException {
        Path log = directory.resolve(kind + ".log");
        Process member = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdleMember.class.getName(),
                        kind,
                        Integer.toString(SECONDS),
                        "--spring.main.banner-mode=off",
                        "--spring.main.web-application-type=none",
                        "--spring.kafka.bootstrap-servers=" + Broker.address(),
                        "--spring.kafka.consumer.group-id=" + kind,
                        "--spring.kafka.consumer.auto-offset-reset=earliest",
                        // the other kind has no source, and unused settings fail the start
                        kind.equals("plain") ? "--plain" : "--triggerquery.sources.things.url=http://127.0.0.1:9")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(member.waitFor(SECONDS + 240L, TimeUnit.SECONDS)).isTrue();
            List<String> lines = Files.readAllLines(log);
            String[] figures = lines.stream()
                    .filter(line -> line.startsWith(IdleMember.FIGURES))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(String.join("\n", lines)))
                    .substring(IdleMember.FIGURES.length())
                    .split(" ");
            return new Cost(
                    Long.parseLong(figures[0]), Long.parseLong(figures[1]), Long.parseLong(figures[2]), lines.size());
        } finally {
            member.destroyForcibly().onExit().join();
        }
    }

    @Test
    void idleListenersCostAboutAsMuchAsKafkaListeners() throws Exception {
        for (int i = 0; i < IdleMember.LISTENERS; i++) {
            Broker.create(IdleMember.topic(i));
        }
        // measured side by side, under the same load of the machine
        Future<Cost> beside = CompletableFuture.supplyAsync(() -> measure("plain"));
        Cost ours = measure("trigger-query");
        Cost plain = beside.get();
        System.out.println("idle: spring-kafka " + plain + ", trigger-query " + ours);
        assertThat(ours.threads()).isLessThanOrEqualTo(plain.threads() + ONCE);
        assertThat(ours.sockets()).isLessThanOrEqualTo(plain.sockets() + ONCE);
        assertThat(ours.logLines()).isLessThanOrEqualTo(plain.logLines() * 3 / 2);
    }
}

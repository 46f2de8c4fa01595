package io.triggerquery.relayservice.it;

import io.triggerquery.relayservice.RelayService;
import jakarta.servlet.Filter;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * The service in its own process, which a test kills. It commits the triggers of a call, reports that on its standard
 * output, and never answers.
 */
final class DyingService implements AutoCloseable {

    private static final String PORT = "port ";
    private static final String COMMITTED = "committed";

    // not annotated, because the component scan of the service would find it
    static class SilentAfterCommit {

        @Bean
        Filter silence() {
            return (request, response, chain) -> {
                chain.doFilter(request, response);
                System.out.println(COMMITTED);
                sleepForever();
            };
        }

        private static void sleepForever() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public static void main(String[] arguments) {
        ConfigurableApplicationContext context =
                new SpringApplicationBuilder(RelayService.class, SilentAfterCommit.class).run(arguments);
        System.out.println(PORT + context.getEnvironment().getProperty("local.server.port"));
    }

    private final Process process;
    private final BufferedReader output;
    private final int port;

    private DyingService(Process process) throws IOException {
        this.process = process;
        this.output = process.inputReader();
        this.port = Integer.parseInt(awaitLine(PORT).substring(PORT.length()));
    }

    static DyingService start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                DyingService.class.getName()));
        command.addAll(arguments);
        return new DyingService(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    int port() {
        return port;
    }

    void awaitCommit() throws IOException {
        awaitLine(COMMITTED);
    }

    private String awaitLine(String start) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(start)) {
                return line;
            }
            seen.append(line).append('\n');
        }
        throw new AssertionError("the service ended before it printed " + start + ":\n" + seen);
    }

    /** Kills the process with signal 9. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}

package io.triggerquery.bench.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A peer in its own process. */
final class PeerProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader lines;
    private final PrintWriter commands;

    PeerProcess(String peer, Map<String, Object> properties) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of(PeerMain.class.getName(), peer));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        lines = process.inputReader();
        commands = new PrintWriter(process.outputWriter(), true);
    }

    /** Returns the next line, which must be JSON. */
    JsonNode next() throws IOException {
        return JsonMapper.shared().readTree(lines.readLine());
    }

    void sendLine(String command) {
        commands.println(command);
    }

    /** Waits for the end of the process, and returns its exit code. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the process still runs");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An application in its own JVM, and the signals sent to it. Its log outlives it. */
final class MemberProcess implements AutoCloseable {

    private static final int SIGNALLED_TO_TERMINATE = 128 + 15;
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final List<String> SMALL_AND_QUICK =
            List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    /** Ends the pause even if this JVM dies, which a stopped process could not see. */
    private static final String PAUSE = "kill -STOP $0 && echo stopped && cat; kill -CONT $0";

    private final Path log;
    private final Process process;
    private Process pause;

    MemberProcess(Class<?> application, Map<String, String> settings, Path log) {
        this.log = log;
        List<String> command = new ArrayList<>();
        command.add(JAVA.toString());
        command.addAll(SMALL_AND_QUICK);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), application.getName()));
        settings.forEach((key, value) -> command.add("--" + key + "=" + value));
        process = start(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
    }

    /** Called in the other JVM. Ends it with its parent, which holds the other end of its standard input. */
    static void endWithParent() {
        var watchdog = new Thread(MemberProcess::awaitEndOfParent, "watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
    }

    private static void awaitEndOfParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // treated like its end
        }
        Runtime.getRuntime().halt(1);
    }

    /** Requests a stop and waits for an orderly end. */
    void terminate() throws InterruptedException {
        process.toHandle().destroy(); // the process itself would also close its input, on which it ends at once
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("stops, see %s", log)
                .isTrue();
        assertThat(process.exitValue()).as("exit value, see %s", log).isEqualTo(SIGNALLED_TO_TERMINATE);
    }

    /** Kills it with signal 9. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Suspends it at any point. */
    void pause() throws IOException {
        pause = start(new ProcessBuilder("sh", "-c", PAUSE, Long.toString(process.pid()))
                .redirectError(ProcessBuilder.Redirect.INHERIT));
        assertThat(pause.inputReader().readLine()).isEqualTo("stopped");
    }

    void resume() throws IOException, InterruptedException {
        pause.getOutputStream().close();
        pause.waitFor();
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        kill();
        if (pause != null) {
            pause.destroyForcibly().onExit().join();
        }
    }
}

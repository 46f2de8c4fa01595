package io.triggerquery.testbed;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A process that ends with this one. Its standard output is read completely, also after a kill.
 *
 * <p>Threads: any.
 */
public final class JavaProcess implements AutoCloseable {

    private final Process process;
    private final Thread reader;

    private JavaProcess(Process process, Thread reader) {
        this.process = process;
        this.reader = reader;
    }

    /**
     * Starts a process.
     *
     * @param log the file to which its output is appended
     * @param lines receives each line of its standard output, in a separate thread
     */
    public static JavaProcess start(List<String> command, Path log, Consumer<String> lines) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(Redirect.appendTo(log.toFile()))
                    .start();
            Thread reader = new Thread(() -> read(process, log, lines), "output of " + log.getFileName());
            reader.setDaemon(true);
            reader.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new JavaProcess(process, reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(Process process, Path log, Consumer<String> lines) {
        try (BufferedReader output = process.inputReader();
                BufferedWriter copy =
                        Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                copy.write(line);
                copy.newLine();
                lines.accept(line);
                if (!output.ready()) {
                    copy.flush();
                }
            }
        } catch (IOException closed) {
            // the process has ended
        }
    }

    /** Writes a line to its standard input. */
    public void sendLine(String line) {
        try {
            process.outputWriter().write(line + "\n");
            process.outputWriter().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes its standard input, which some processes treat as a request to stop. */
    public void endInput() {
        try {
            process.outputWriter().close();
        } catch (IOException alreadyDead) {
            // already closed
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Kills the process with signal 9, and returns when all of its output is read. */
    public void kill() {
        // by the handle: Process would also discard the output
        process.toHandle().destroyForcibly();
        awaitEnd();
    }

    /** Requests a stop. */
    public void terminate() {
        process.toHandle().destroy();
        awaitEnd();
    }

    /** Waits until the process has ended and all of its output is read. */
    public void awaitEnd() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + process.pid() + " does not end");
            }
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}

package io.triggerquery.testbed.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.io.input.ReversedLinesFileReader;
import org.apache.commons.io.input.Tailer;
import org.apache.commons.io.input.TailerListenerAdapter;

/** The standard output and error of a process, across all its starts. */
public record LogFile(Path path) {

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    /** Returns at most this number of last lines. */
    public List<String> last(int count) {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (ReversedLinesFileReader reader = ReversedLinesFileReader.builder()
                .setPath(path)
                .setCharset(StandardCharsets.UTF_8)
                .get()) {
            List<String> lines = new ArrayList<>(reader.readLines(count));
            Collections.reverse(lines);
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Passes each line that is appended from now on to the consumer, until the thread is interrupted. */
    public void follow(Consumer<String> lines) {
        Tailer.builder()
                .setPath(path)
                .setCharset(StandardCharsets.UTF_8)
                .setDelayDuration(LOOK_EVERY)
                .setTailFromEnd(true)
                .setStartThread(false)
                .setTailerListener(new TailerListenerAdapter() {
                    @Override
                    public void handle(String line) {
                        lines.accept(line);
                    }
                })
                .get()
                .run();
    }
}

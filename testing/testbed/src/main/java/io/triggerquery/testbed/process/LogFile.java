package io.triggerquery.testbed.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.io.input.ReversedLinesFileReader;

/** The standard output and error of a process, across all its starts. */
public record LogFile(Path path) {

    private static final int TAIL_BYTES = 256 * 1024;
    private static final int FOLLOW_MILLIS = 200;

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

    /** Hands on what is appended from now on, until the thread is interrupted. */
    public void follow(Consumer<String> text) throws InterruptedException {
        long seen = size();
        while (true) {
            Thread.sleep(FOLLOW_MILLIS);
            long size = size();
            // a reset makes the file shorter: begin again
            seen = Math.min(seen, size);
            if (size > seen) {
                text.accept(read(seen, (int) Math.min(size - seen, TAIL_BYTES)));
                seen = Math.min(size, seen + TAIL_BYTES);
            }
        }
    }

    private long size() {
        return path.toFile().length();
    }

    private String read(long from, int count) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            byte[] bytes = new byte[count];
            file.seek(from);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

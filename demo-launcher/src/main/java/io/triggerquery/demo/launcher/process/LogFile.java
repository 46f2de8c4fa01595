package io.triggerquery.demo.launcher.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** What a part wrote to its standard output and error, over all its starts. */
public record LogFile(Path path) {

    private static final int TAIL_BYTES = 256 * 1024;
    private static final int FOLLOW_MILLIS = 200;

    /** The last lines, at most so many. Reads no more than the last 256 KiB. */
    public List<String> last(int count) {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long from = Math.max(0, file.length() - TAIL_BYTES);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            List<String> lines =
                    new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
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

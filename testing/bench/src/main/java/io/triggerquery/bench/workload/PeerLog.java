package io.triggerquery.bench.workload;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The output file of a peer, with the lines of its log and its events in JSON. */
record PeerLog(Path file) {

    private static final String EVENT = "{\"event\":";

    /**
     * The size of a part of the log.
     *
     * @param bytes including the ends of the lines
     */
    record Size(long lines, long bytes) {}

    /** Returns the current end of the file. */
    long end() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the size of what was logged since an earlier {@link #end}. */
    Size since(long begin) {
        try (FileChannel all = FileChannel.open(file);
                var lines = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(all.position(begin)), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith(EVENT))
                    .map(line -> new Size(1, line.getBytes(StandardCharsets.UTF_8).length + 1L))
                    .reduce(
                            new Size(0, 0),
                            (one, other) -> new Size(one.lines() + other.lines(), one.bytes() + other.bytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

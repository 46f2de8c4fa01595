package io.triggerquery.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    @TempDir
    Path directory;

    @Test
    void returnsTheLastLinesOfALongLog() throws IOException {
        Path path = directory.resolve("long.log");
        List<String> lines =
                IntStream.range(0, 50_000).mapToObj(i -> "line " + i).toList();
        Files.write(path, lines);
        assertThat(new LogFile(path).last(2)).containsExactly("line 49998", "line 49999");
    }

    @Test
    void returnsAllLinesOfAShortLog() throws IOException {
        Path path = directory.resolve("short.log");
        Files.writeString(path, "one\ntwo");
        assertThat(new LogFile(path).last(25)).containsExactly("one", "two");
        assertThat(new LogFile(directory.resolve("none.log")).last(25)).isEmpty();
    }
}

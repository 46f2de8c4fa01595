package io.triggerquery.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerLogTest {

    @TempDir
    Path directory;

    @Test
    void countsNewLogLinesWithoutEvents() throws Exception {
        Path file = Files.writeString(directory.resolve("peer.log"), "WARN before\n");
        PeerLog log = new PeerLog(file);
        long begin = log.end();
        Files.writeString(file, "WARN é\n{\"event\":\"sample\"}\n\tat Some.trace\n", StandardOpenOption.APPEND);

        assertThat(log.since(begin)).isEqualTo(new PeerLog.Size(2, 8 + 15));
        assertThat(log.since(log.end())).isEqualTo(new PeerLog.Size(0, 0));
    }
}

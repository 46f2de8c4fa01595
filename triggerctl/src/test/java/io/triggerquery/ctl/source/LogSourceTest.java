package io.triggerquery.ctl.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSourceTest {

    private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");

    @TempDir
    Path directory;

    @Test
    void repeatedIdIsOneTriggerWithTheHighestVersionOrNone() throws IOException {
        Path one = write("one.log", line("p-1", 7L, NOON), line("p-2", 9L, NOON));
        Path two = write("two.log", line("p-1", 5L, NOON.minusSeconds(60)), line("p-2", null, NOON));

        Contents contents = source(null, one.toString(), two.toString()).read();

        assertThat(contents.problems()).isEmpty();
        assertThat(contents.entries())
                .extracting(Entry::trigger)
                .containsExactly(new OutgoingTrigger("changed", "p-1", 7L), OutgoingTrigger.of("changed", "p-2"));
        assertThat(contents.entries().get(0).since()).isEqualTo(NOON.minusSeconds(60));
    }

    @Test
    void invalidLinesAreNamedAndOthersAreRead() throws IOException {
        Path log =
                write("app.log", "starting", line("../p", null, NOON), line("p-1", null, NOON), line("p-2", -1L, NOON));

        Contents contents = source(null, log.toString()).read();

        assertThat(contents.entries()).extracting(entry -> entry.trigger().id()).containsExactly("p-1");
        assertThat(contents.problems())
                .hasSize(2)
                .satisfiesExactly(
                        first -> assertThat(first).contains("app.log line 2: id ../p"),
                        second -> assertThat(second).contains("app.log line 4: version"));
    }

    @Test
    void linesOlderThanSinceAreSkipped() throws IOException {
        Path log = write("app.log", line("old", null, NOON.minusMillis(1)), line("new", null, NOON));

        assertThat(source(NOON, log.toString()).read().entries())
                .extracting(entry -> entry.trigger().id())
                .containsExactly("new");
    }

    @Test
    void standardInputIsReadOnceForListingAndSending() {
        InputStream stdin = new ByteArrayInputStream(line("p-1", null, NOON).getBytes(StandardCharsets.UTF_8));
        LogSource source = new LogSource(List.of("-"), stdin, null);

        assertThat(source.read().entries()).hasSize(1);
        assertThat(source.outgoing().next("changed", 10))
                .extracting(Claimed::trigger)
                .containsExactly(OutgoingTrigger.of("changed", "p-1"));
    }

    @Test
    void invalidBytesAffectOnlyTheirLine() throws IOException {
        Path log = directory.resolve("app.log");
        byte[] line = line("p-1", null, NOON).getBytes(StandardCharsets.UTF_8);
        byte[] broken = line.clone();
        broken[new String(line, StandardCharsets.UTF_8).indexOf("p-1")] = (byte) 0xff;
        Files.write(log, broken);
        Files.writeString(log, "\n" + line("p-2", null, NOON), StandardOpenOption.APPEND);

        Contents contents = source(null, log.toString()).read();

        assertThat(contents.entries()).extracting(entry -> entry.trigger().id()).containsExactly("p-2");
        assertThat(contents.problems()).singleElement().asString().contains("line 1");
    }

    @Test
    void missingFileIsNamed() {
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> source(null, directory + "/absent.log").read())
                .withMessageContaining("absent.log");
    }

    private static LogSource source(@Nullable Instant since, String... files) {
        return new LogSource(List.of(files), InputStream.nullInputStream(), since);
    }

    private Path write(String name, String... lines) throws IOException {
        return Files.write(directory.resolve(name), List.of(lines));
    }

    private static String line(String id, @Nullable Long version, Instant since) {
        return "ERROR "
                + ReportedLine.format(
                        new Entry(new OutgoingTrigger("changed", id, version), since, State.UNDELIVERED, "too late"));
    }
}

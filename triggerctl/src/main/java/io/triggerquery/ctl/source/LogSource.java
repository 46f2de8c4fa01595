package io.triggerquery.ctl.source;

import io.triggerquery.producer.internal.queue.TriggerQueue;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lines that report undelivered triggers, in the log of an application. The same id reported twice is one trigger,
 * {@linkplain OutgoingTrigger#merge merged}. A log is never changed.
 */
public final class LogSource implements Source {

    /** The file name of the standard input. */
    public static final String STDIN = "-";

    private final List<String> files;
    private final InputStream stdin;
    private final Instant since;
    private @Nullable Contents contents;

    /**
     * Creates a source that reads these files in order.
     *
     * @param since the earliest time of publication; null for all triggers
     */
    public LogSource(List<String> files, InputStream stdin, @Nullable Instant since) {
        this.files = List.copyOf(files);
        this.stdin = stdin;
        this.since = since == null ? Instant.MIN : since;
    }

    @Override
    public Contents read() {
        if (contents == null) {
            // the standard input can be read only once
            contents = readAll();
        }
        return contents;
    }

    private Contents readAll() {
        Map<OutgoingTrigger.Key, Entry> entries = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (String file : files) {
            try (InputStream in = file.equals(STDIN) ? stdin : Files.newInputStream(Path.of(file))) {
                read(file, in, entries, problems);
            } catch (IOException e) {
                throw new SourceException("cannot read " + file + ": " + e, e);
            }
        }
        return new Contents(List.copyOf(entries.values()), problems);
    }

    private void read(String file, InputStream in, Map<OutgoingTrigger.Key, Entry> entries, List<String> problems)
            throws IOException {
        // invalid UTF-8 becomes replacement characters, which ids must not contain
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        int number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            try {
                ReportedLine.parse(line)
                        .filter(entry -> !entry.since().isBefore(since))
                        .ifPresent(entry -> entries.merge(entry.trigger().key(), entry, LogSource::merged));
            } catch (IllegalArgumentException e) {
                problems.add(file + " line " + number + ": " + e.getMessage());
            }
            number++;
        }
    }

    private static Entry merged(Entry one, Entry other) {
        OutgoingTrigger trigger = one.trigger().merge(other.trigger().version());
        Instant first = one.since().isBefore(other.since()) ? one.since() : other.since();
        return new Entry(trigger, first, one.state(), other.reason());
    }

    @Override
    public SendBatch outgoing() {
        TriggerQueue queue = new TriggerQueue(Integer.MAX_VALUE, System::nanoTime, InstantSource.system());
        read().entries().forEach(entry -> queue.add(entry.trigger(), Duration.ZERO));
        return new StoreBatch(queue);
    }

    @Override
    public int unpark(String destination, @Nullable String id) {
        throw new SourceException("a log has no parked triggers: use unpark with --spool or --outbox");
    }
}

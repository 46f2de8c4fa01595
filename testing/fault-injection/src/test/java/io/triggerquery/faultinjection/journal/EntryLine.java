package io.triggerquery.faultinjection.journal;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Writes an entry as a line between the lines of a log, and reads it. */
public final class EntryLine {

    private static final String MARK = "{\"entry\":";
    private static final JsonMapper JSON = new JsonMapper();

    private EntryLine() {}

    /** Returns the line of an entry. */
    public static String format(Entry entry) {
        return JSON.writerFor(Entry.class).writeValueAsString(entry);
    }

    /** Reads an entry; empty if the line is not an entry, or was cut off by a SIGKILL. */
    public static Optional<Entry> parse(String line) {
        if (!line.startsWith(MARK)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(line, Entry.class));
        } catch (JacksonException torn) {
            return Optional.empty();
        }
    }
}

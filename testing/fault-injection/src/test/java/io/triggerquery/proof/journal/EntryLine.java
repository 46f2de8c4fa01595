package io.triggerquery.proof.journal;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** An entry as a line among those of a log. */
public final class EntryLine {

    private static final String MARK = "{\"entry\":";
    private static final JsonMapper JSON = new JsonMapper();

    private EntryLine() {}

    /** Writes one. */
    public static String format(Entry entry) {
        return JSON.writerFor(Entry.class).writeValueAsString(entry);
    }

    /** Reads one; empty if the line is none, or was torn by a SIGKILL. */
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

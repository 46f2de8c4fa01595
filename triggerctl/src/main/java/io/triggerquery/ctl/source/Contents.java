package io.triggerquery.ctl.source;

import java.util.List;

/**
 * What a source holds.
 *
 * @param entries what could be read, each id of a destination once for a file or a log, once for each row of an outbox
 * @param problems what could not, one sentence each that says where
 */
public record Contents(List<Entry> entries, List<String> problems) {

    /** Copies the lists. */
    public Contents {
        entries = List.copyOf(entries);
        problems = List.copyOf(problems);
    }
}

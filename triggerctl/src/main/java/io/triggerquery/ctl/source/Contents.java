package io.triggerquery.ctl.source;

import java.util.List;

/**
 * The contents of a source.
 *
 * @param entries the readable triggers; each id of a destination once for a file or a log, once for each row of an
 *     outbox
 * @param problems one sentence for each unreadable trigger, with its location
 */
public record Contents(List<Entry> entries, List<String> problems) {

    /** Copies the lists. */
    public Contents {
        entries = List.copyOf(entries);
        problems = List.copyOf(problems);
    }
}

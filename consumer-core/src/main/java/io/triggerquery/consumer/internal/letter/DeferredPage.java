package io.triggerquery.consumer.internal.letter;

import java.util.List;

/**
 * A page of deferred triggers.
 *
 * @param deferred the triggers, in the order in which they were read
 * @param scanned how far the retry topic was read
 */
public record DeferredPage(List<DeferredTrigger> deferred, Scanned scanned) {

    /** Returns it without texts that can quote data. */
    public DeferredPage withoutErrors() {
        return new DeferredPage(
                deferred.stream().map(DeferredTrigger::withoutErrors).toList(), scanned);
    }
}

package io.triggerquery.bench.source;

/**
 * What the source has been asked.
 *
 * @param calls all that came, one for a batch
 * @param ids states that were told
 * @param failed calls that were answered with an error
 * @param again states that were told though they had been told before
 */
public record Counts(long calls, long ids, long failed, long again) {

    /** What came after that. */
    public Counts since(Counts before) {
        return new Counts(calls - before.calls, ids - before.ids, failed - before.failed, again - before.again);
    }
}

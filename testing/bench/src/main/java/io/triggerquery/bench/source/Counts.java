package io.triggerquery.bench.source;

/**
 * The number of calls of the source.
 *
 * @param calls all calls, one for a batch
 * @param ids states that were sent
 * @param failed calls that were answered with an error
 * @param again states that were sent although they had been sent before
 */
public record Counts(long calls, long ids, long failed, long again) {

    /** Returns the increase since earlier counts. */
    public Counts since(Counts before) {
        return new Counts(calls - before.calls, ids - before.ids, failed - before.failed, again - before.again);
    }
}

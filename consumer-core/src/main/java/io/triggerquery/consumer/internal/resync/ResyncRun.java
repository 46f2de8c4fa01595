package io.triggerquery.consumer.internal.resync;

import io.triggerquery.consumer.ResyncSource.Entry;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Runs from a checkpoint to the end of the list: reads a page, compares it, requests what differs, waits until that is
 * done, and stores the checkpoint.
 *
 * <p>Threads: one, which it occupies until it ends. Bounds: one page in memory. Failure: throws what the source or the
 * projection throws; the next run continues from the last checkpoint.
 *
 * @param listing reads and compares the pages of the source
 * @param target the listener that receives the requests
 * @param throttle limits the requests
 * @param clock provides the time at which the run ends
 */
record ResyncRun(PageComparison listing, ResyncTarget target, Throttle throttle, InstantSource clock) {

    /** Is notified of each page. */
    @FunctionalInterface
    interface Progress {

        /**
         * Called when the differences of a page have been requested.
         *
         * @param next the checkpoint after the page
         * @param done whether all requests are done
         */
        void page(PageComparison.Part page, Checkpoint next, boolean done) throws Exception;
    }

    /**
     * Runs from a checkpoint. Returns the last checkpoint: the end of the run, unless it must end before.
     */
    Checkpoint run(Checkpoint from, BooleanSupplier mayContinue, Progress progress) throws Exception {
        Checkpoint current = from;
        while (current.finishedAt() == null && throttle.acquire(mayContinue)) {
            PageComparison.Part page = listing.part(current.cursor(), current.everything());
            int openBefore = target.open();
            for (Entry difference : page.differences()) {
                if (!throttle.acquire(mayContinue)) {
                    return current;
                }
                target.refresh(difference.id(), OptionalLong.of(difference.version()), false);
            }
            boolean done = throttle.awaitDone(openBefore, mayContinue);
            current = page.next() == null ? current.finish(clock.instant()) : current.atPage(page.next());
            progress.page(page, current, done);
        }
        return current;
    }
}

package io.triggerquery.consumer.internal.resync;

import io.triggerquery.consumer.ResyncSource.Entry;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Runs from a checkpoint to the end of the list: reads a page, compares it, requests what differs, waits until that is
 * done, and stores the checkpoint.
 *
 * <p>Threads: one, which it holds until it ends. Bounds: one page in memory. Failure: throws what the source or the
 * projection throws; the next run goes on from the last checkpoint.
 *
 * @param listing the source's list
 * @param target the listener
 * @param throttle waits
 * @param clock for the moment of the end
 */
record ResyncRun(PageComparison listing, ResyncTarget target, Throttle throttle, InstantSource clock) {

    /** Is told of each page. */
    @FunctionalInterface
    interface Progress {

        /**
         * A page has been requested.
         *
         * @param next how far the run has come with it
         * @param done whether all that was requested is also done
         */
        void page(PageComparison.Part page, Checkpoint next, boolean done) throws Exception;
    }

    /** Returns how far it has come: to the end, unless it is no longer to go on. */
    Checkpoint go(Checkpoint from, BooleanSupplier goesOn, Progress progress) throws Exception {
        Checkpoint at = from;
        while (at.finishedAt() == null && throttle.admits(goesOn)) {
            PageComparison.Part page = listing.part(at.cursor(), at.everything());
            int openBefore = target.open();
            for (Entry difference : page.differences()) {
                if (!throttle.admits(goesOn)) {
                    return at;
                }
                target.refresh(difference.id(), OptionalLong.of(difference.version()), false);
            }
            boolean done = throttle.awaitDone(openBefore, goesOn);
            at = page.next() == null ? at.finish(clock.instant()) : at.at(page.next());
            progress.page(page, at, done);
        }
        return at;
    }
}

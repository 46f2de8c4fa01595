package io.triggerquery.bench.workload;

import io.triggerquery.bench.source.Counts;
import io.triggerquery.bench.source.SourceControl;
import io.triggerquery.bench.workload.PeerEvent.Sample;
import java.time.Duration;

/**
 * Kills a peer while it works, and starts it again. The source counts the states that the peer queries again, so that
 * the counts are not lost with the process.
 */
final class KilledRun {

    /** The number of ids of this run, after those of {@link StuckRun}. */
    static final int IDS = 200_000;

    private static final Duration WORK = Duration.ofSeconds(1);
    private static final int LEAST = 2_000;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private KilledRun() {}

    /** Kills the peer after a second, or later if it has not applied enough ids. */
    static void workAndKill(SourceControl source, PeerProcess process, Sender sender) {
        Sample begin = process.events().fresh();
        source.reset();
        sender.sendAll(StuckRun.LAST + 1, StuckRun.LAST + IDS);
        process.await(
                "it works on the ids",
                sample -> sample.nanos() - begin.nanos() >= WORK.toNanos()
                        && sample.applied() >= begin.applied() + LEAST);
        process.kill();
    }

    /**
     * Returns the number of states that were queried again after the restart, until all were queried and committed, or
     * until the limit.
     */
    static double queriedAgain(SourceControl source, Group group, PeerProcess process) {
        // until the end, since the partition with the completed work may be read last
        process.events().within(LONGEST, sample -> {
            Counts counts = source.counts();
            return counts.ids() - counts.again() >= IDS && group.lag() == 0;
        });
        return source.counts().again();
    }
}

package io.triggerquery.bench.workload;

import io.triggerquery.bench.source.Counts;
import io.triggerquery.bench.source.SourceControl;
import io.triggerquery.bench.workload.PeerEvent.Sample;
import java.time.Duration;

/**
 * A peer is killed while it works, and starts again. What it asks again that it had been told is counted by the source,
 * so that nothing is lost with the process.
 */
final class KilledRun {

    /** How many ids there are to work on, after those of {@link StuckRun}. */
    static final int IDS = 200_000;

    private static final Duration WORK = Duration.ofSeconds(1);
    private static final int LEAST = 2_000;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private KilledRun() {}

    /** Kills it after a second, or when it has done enough to tell. */
    static void workAndKill(SourceControl source, PeerProcess process, Sender sender) {
        Sample begin = process.talk().fresh();
        source.reset();
        sender.sendAll(StuckRun.LAST + 1, StuckRun.LAST + IDS);
        process.await(
                "it is in the middle of work",
                sample -> sample.nanos() - begin.nanos() >= WORK.toNanos()
                        && sample.applied() >= begin.applied() + LEAST);
        process.kill();
    }

    /** How many states were asked for again after the restart, until all were told and committed, or for so long. */
    static double askedAgain(SourceControl source, Group group, PeerProcess process) {
        // to the end, since a partition is read in long stretches, and the one with what was done may come last
        process.talk().within(LONGEST, sample -> {
            Counts counts = source.counts();
            return counts.ids() - counts.again() >= IDS && group.lag() == 0;
        });
        return source.counts().again();
    }
}

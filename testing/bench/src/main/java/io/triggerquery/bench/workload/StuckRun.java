package io.triggerquery.bench.workload;

import io.triggerquery.bench.id.PaymentIds;
import io.triggerquery.bench.source.SourceControl;
import io.triggerquery.bench.workload.PeerEvent.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Processes the same number of ids twice, without and with a stuck one: measures the delay of the others, the committed
 * lag, and the time until the stuck id is applied. Times are measured from before the ids are sent to the last
 * projection, which the peer records itself.
 */
final class StuckRun {

    static final Duration STUCK = Duration.ofSeconds(20);
    static final int IDS = 10_000;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WARM_UP = 10_000;
    private static final int FIRST_PART = WARM_UP + IDS;
    private static final int STUCK_NUMBER = FIRST_PART + 500;

    /** The ids from 1 to this number are used. */
    static final int LAST = FIRST_PART + IDS;

    private final Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    private final List<String> remarks = new ArrayList<>();
    private final SourceControl source;
    private final Group group;
    private final PeerProcess process;
    private final Sender sender;
    private final long startNanos;

    /**
     * Creates a run that has sent nothing yet.
     *
     * @param startNanos the intended time of all triggers, from which the peer measures times to fresh
     */
    StuckRun(SourceControl source, Group group, PeerProcess process, Sender sender, long startNanos) {
        this.source = source;
        this.group = group;
        this.process = process;
        this.sender = sender;
        this.startNanos = startNanos;
    }

    Map<Figure, Double> run() {
        sender.sendAll(1, WARM_UP);
        process.await("the warm-up is applied", sample -> sample.applied() == WARM_UP);
        double alone = alone();
        figures.put(Figure.ALONE, alone);
        source.stick(new PaymentIds(LAST + KilledRun.IDS).text(STUCK_NUMBER));
        double others = beside();
        figures.put(Figure.OTHERS, others);
        figures.put(Figure.SLOWER, others / alone);
        heal();
        return figures;
    }

    List<String> remarks() {
        return remarks;
    }

    private double alone() {
        long sent = WallClock.nanos();
        sender.sendAll(WARM_UP + 1, FIRST_PART);
        process.await("all ids are applied while none is stuck", sample -> sample.applied() == FIRST_PART);
        return lastAppliedAfter(sent);
    }

    private double beside() {
        long failed = source.counts().failed();
        long sent = WallClock.nanos();
        Sample begin = process.events().fresh();
        sender.sendAll(FIRST_PART + 1, LAST);
        Optional<Sample> done = process.events().within(STUCK, sample -> sample.applied() == LAST - 1);
        double seconds = done.isPresent() ? lastAppliedAfter(sent) : Double.POSITIVE_INFINITY;
        Sample end = process.events().after(done.orElse(begin), STUCK.minusNanos(elapsed(begin, done)));
        figures.put(Figure.APPLIED_BESIDE, (double) (end.applied() - FIRST_PART));
        figures.put(Figure.LAG_BESIDE, (double) group.lag());
        figures.put(Figure.NEEDLESS, (double) (source.counts().failed() - failed));
        return seconds;
    }

    private static long elapsed(Sample begin, Optional<Sample> done) {
        return done.map(sample -> sample.nanos() - begin.nanos()).orElse(0L);
    }

    private void heal() {
        long healed = WallClock.nanos();
        source.unstick();
        Optional<Sample> all = process.events().within(PATIENCE, sample -> sample.applied() == LAST);
        figures.put(Figure.HEALED, all.isPresent() ? lastAppliedAfter(healed) : Double.POSITIVE_INFINITY);
        if (all.isEmpty()) {
            long missing = LAST - process.events().fresh().applied();
            remarks.add(String.format(
                    "%,d ids were not applied %d s after the stuck one had recovered", missing, PATIENCE.toSeconds()));
        }
    }

    private double lastAppliedAfter(long nanos) {
        return WallClock.seconds(startNanos + process.timesToFresh().maxMicros() * 1_000 - nanos);
    }
}

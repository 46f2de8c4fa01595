package io.triggerquery.consumer.internal.monitor;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Counts the results of checks, in the last 24 hours.
 *
 * <p>Threads: any; guarded by this object. Bounds: one count for each hour, measure and result.
 */
final class Statistics implements MonitorListener {

    static final int HOURS = 24;
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    private final MonitorTime time;
    private final long begin;
    private final long[][][] counts = new long[HOURS][Measure.values().length][Result.values().length];
    private final Map<Cause, Long> causes = new EnumMap<>(Cause.class);
    private long hour;
    private long repairs;

    Statistics(MonitorTime time) {
        this.time = time;
        this.begin = time.nanos();
    }

    @Override
    public synchronized void checked(Measure measure, Result result) {
        forgetOldHours();
        counts[(int) (hour % HOURS)][measure.ordinal()][result.ordinal()]++;
    }

    private void forgetOldHours() {
        long now = (time.nanos() - begin) / HOUR;
        for (long passed = Math.max(hour + 1, now - HOURS + 1); passed <= now; passed++) {
            counts[(int) (passed % HOURS)] = new long[Measure.values().length][Result.values().length];
        }
        hour = Math.max(hour, now);
    }

    @Override
    public synchronized void violated(Violation violation, Cause cause) {
        causes.merge(cause, 1L, Long::sum);
    }

    @Override
    public synchronized void repaired(String id) {
        repairs++;
    }

    /** Returns the number of checks in the last 24 hours. */
    synchronized long count(Measure measure, Result result) {
        forgetOldHours();
        long sum = 0;
        for (long[][] ofHour : counts) {
            sum += ofHour[measure.ordinal()][result.ordinal()];
        }
        return sum;
    }

    /** Returns the number of violations by their causes, since the start. */
    synchronized Map<Cause, Long> causes() {
        return new EnumMap<>(causes);
    }

    /** Returns the number of repairs since the start. */
    synchronized long repairs() {
        return repairs;
    }
}

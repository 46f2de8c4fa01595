package io.triggerquery.consumer.internal.monitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How consistent a listener's projection is, as far as this instance has checked it.
 *
 * @param listener the id of the listener
 * @param measures the shares that were right, in the last 24 hours
 * @param violations the number of violations since the start, by their causes
 * @param repairs the number of ids that were triggered because of a violation, since the start
 * @param known the number of violations that persist as far as is known, up to 100
 * @param oldest how long the oldest of them has persisted, or null if none is known
 * @param persisting the first of them, up to 20, as they were found
 * @param last the last violations that were found, up to 20, the latest first; some may have ended
 * @param error why the source or the projection could not be read when it was last tried, or null
 */
@JsonInclude
public record ConsistencyReport(
        String listener,
        List<Share> measures,
        List<Count> violations,
        long repairs,
        int known,
        @Nullable Duration oldest,
        List<Violation> persisting,
        List<Violation> last,
        @Nullable String error) {

    /**
     * A number of violations.
     *
     * @param cause the cause
     * @param count how many were found with it
     */
    public record Count(String cause, long count) {}

    /**
     * A share of checks that were right.
     *
     * @param measure the age of triggers, or listed or projected
     * @param checked the number of checks that were right or wrong
     * @param wrong the number of those that were wrong
     * @param right the share that was right, or null without a check
     * @param atLeast the lower bound of the share, with 95 % confidence
     * @param nines the number of nines of that bound, for example 2.3 for 0.995
     * @param undecided checks that prove nothing
     * @param skipped checks that could not be made in time
     * @param late triggers that were received after this age
     * @param moved checks that were dropped, because the partition moved
     */
    @JsonInclude
    public record Share(
            String measure,
            long checked,
            long wrong,
            @Nullable Double right,
            double atLeast,
            double nines,
            long undecided,
            long skipped,
            long late,
            long moved) {}

    static Share share(Measure measure, Statistics statistics) {
        long wrong = statistics.count(measure, Result.WRONG);
        long right = statistics.count(measure, Result.RIGHT);
        double atLeast = Wilson.lowerBound(right, right + wrong);
        return new Share(
                measure.label(),
                right + wrong,
                wrong,
                right + wrong == 0 ? null : (double) right / (right + wrong),
                atLeast,
                nines(atLeast),
                statistics.count(measure, Result.UNDECIDED),
                statistics.count(measure, Result.SKIPPED),
                statistics.count(measure, Result.LATE),
                statistics.count(measure, Result.MOVED));
    }

    /** Returns the number of nines of a share below 1, rounded down to one digit: 2.0 for 0.99. */
    static double nines(double share) {
        return Math.floor(-Math.log10(1 - share) * 10 + 1e-9) / 10;
    }

    /** Returns this report without the message of an exception. */
    public ConsistencyReport withoutErrors() {
        return new ConsistencyReport(listener, measures, violations, repairs, known, oldest, persisting, last, null);
    }
}

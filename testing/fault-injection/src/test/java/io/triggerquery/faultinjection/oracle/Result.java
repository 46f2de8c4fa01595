package io.triggerquery.faultinjection.oracle;

import io.triggerquery.faultinjection.oracle.Loss.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of a run.
 *
 * @param changes the number of committed changes
 * @param sent the number of triggers that the consumers received
 * @param misplaced the number of these in the topic of another application
 * @param parked the number of triggers that were parked, although all are valid
 */
public record Result(RunCase cell, long changes, long sent, List<Loss> losses, long misplaced, long parked) {

    /** Returns the number of accepted ids that the consumer does not have, including reported ones. */
    public long lost() {
        return losses.size() - count(Reason.NOT_ACCEPTED);
    }

    private long count(Reason reason) {
        return losses.stream().filter(loss -> loss.reason() == reason).count();
    }

    /** Returns this number for 10,000 changes. */
    public double lostPerTenThousand() {
        return 10_000.0 * lost() / changes;
    }

    /** Returns the violations. */
    public List<String> breaches() {
        List<String> breaches = new ArrayList<>();
        losses.stream()
                .filter(loss -> loss.reason() == Reason.UNEXPLAINED)
                .map(Loss::toString)
                .forEach(breaches::add);
        if (misplaced > 0) {
            breaches.add(misplaced + " triggers were sent to another application's topic");
        }
        if (parked > 0) {
            breaches.add(parked + " triggers are parked");
        }
        return breaches;
    }

    /** Returns the row of the table. */
    public String row() {
        return "| %s | %s | %s | %d | %d | **%.1f** | %d | %d | %d | %d | %d | %d |"
                .formatted(
                        cell.strategy(),
                        cell.situation(),
                        cell.fault(),
                        changes,
                        sent,
                        lostPerTenThousand(),
                        count(Reason.REPORTED),
                        count(Reason.ADMITTED),
                        count(Reason.UNEXPLAINED),
                        count(Reason.NOT_ACCEPTED),
                        misplaced,
                        parked);
    }

    /** Returns the heading of the table. */
    public static String head() {
        return "| strategy | situation | fault | changes | triggers | lost per 10,000 | reported | in its window |"
                + " unexplained | not accepted | misplaced | parked |\n| --- | --- | --- |"
                + " --: |".repeat(9);
    }
}

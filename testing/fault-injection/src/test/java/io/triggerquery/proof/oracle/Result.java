package io.triggerquery.proof.oracle;

import io.triggerquery.proof.oracle.Loss.Why;
import java.util.ArrayList;
import java.util.List;

/**
 * What one run has shown.
 *
 * @param changes how many were committed
 * @param sent how many triggers the consumers got
 * @param misplaced how many of these came to the topic of another application
 * @param parked how many triggers wait for an operator, though nothing is wrong with any
 */
public record Result(Cell cell, long changes, long sent, List<Loss> losses, long misplaced, long parked) {

    /** How many ids the consumer does not have, out of those that were accepted; reported ones are among them. */
    public long lost() {
        return losses.size() - count(Why.NOT_ACCEPTED);
    }

    private long count(Why why) {
        return losses.stream().filter(loss -> loss.why() == why).count();
    }

    /** The same for 10,000 changes. */
    public double lostPerTenThousand() {
        return 10_000.0 * lost() / changes;
    }

    /** What must not be. */
    public List<String> breaches() {
        List<String> breaches = new ArrayList<>();
        losses.stream()
                .filter(loss -> loss.why() == Why.UNEXPLAINED)
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

    /** A row of the table. */
    public String row() {
        return "| %s | %s | %s | %d | %d | **%.1f** | %d | %d | %d | %d | %d | %d |"
                .formatted(
                        cell.strategy(),
                        cell.situation(),
                        cell.fault(),
                        changes,
                        sent,
                        lostPerTenThousand(),
                        count(Why.REPORTED),
                        count(Why.ADMITTED),
                        count(Why.UNEXPLAINED),
                        count(Why.NOT_ACCEPTED),
                        misplaced,
                        parked);
    }

    /** The rows' head. */
    public static String head() {
        return "| strategy | situation | fault | changes | triggers | lost per 10,000 | reported | in its window |"
                + " unexplained | not accepted | misplaced | parked |\n| --- | --- | --- |"
                + " --: |".repeat(9);
    }
}

package io.triggerquery.proof.oracle;

import io.triggerquery.proof.oracle.Loss.Why;
import java.util.List;

/**
 * What one run has shown.
 *
 * @param changes how many were committed
 * @param sent how many triggers the consumer got
 */
public record Result(Strategy strategy, Fault fault, long changes, long sent, List<Loss> losses) {

    /** How many ids the consumer does not have, out of those that were accepted; reported ones are among them. */
    public long lost() {
        return losses.size() - count(Why.NOT_ACCEPTED);
    }

    long count(Why why) {
        return losses.stream().filter(loss -> loss.why() == why).count();
    }

    /** The same for 10,000 changes. */
    public double lostPerTenThousand() {
        return 10_000.0 * lost() / changes;
    }

    /** Those that must not be. */
    public List<Loss> unexplained() {
        return losses.stream().filter(loss -> loss.why() == Why.UNEXPLAINED).toList();
    }

    /** A row of the table. */
    public String row() {
        return "| %s | %s | %d | %d | **%.1f** | %d | %d | %d | %d |"
                .formatted(
                        strategy,
                        fault,
                        changes,
                        sent,
                        lostPerTenThousand(),
                        count(Why.REPORTED),
                        count(Why.ADMITTED),
                        count(Why.UNEXPLAINED),
                        count(Why.NOT_ACCEPTED));
    }

    /** The rows' head. */
    public static String head() {
        return "| strategy | fault | changes | triggers | lost per 10,000 | reported | in its window | unexplained |"
                + " not accepted |\n| --- | --- | --: | --: | --: | --: | --: | --: | --: |";
    }
}

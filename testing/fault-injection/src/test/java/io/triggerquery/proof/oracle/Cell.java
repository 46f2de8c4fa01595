package io.triggerquery.proof.oracle;

/** What is tried in one run. */
public record Cell(Strategy strategy, Situation situation, Fault fault) {

    /** Whether the fault means something to the strategy. */
    public boolean hasMeaning() {
        return strategy.faults().contains(fault);
    }
}

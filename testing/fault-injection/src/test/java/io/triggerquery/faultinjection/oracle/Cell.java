package io.triggerquery.faultinjection.oracle;

/** The combination that a run tests. */
public record Cell(Strategy strategy, Situation situation, Fault fault) {

    /** Returns whether the fault applies to the strategy. */
    public boolean hasMeaning() {
        return strategy.faults().contains(fault);
    }
}

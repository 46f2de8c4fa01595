package io.triggerquery.faultinjection.oracle;

/** The combination that a run tests. */
public record RunCase(Strategy strategy, Situation situation, Fault fault) {

    /** Returns whether the fault applies to the strategy. */
    public boolean isApplicable() {
        return strategy.faults().contains(fault);
    }
}

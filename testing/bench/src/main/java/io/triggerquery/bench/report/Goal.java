package io.triggerquery.bench.report;

import io.triggerquery.bench.workload.Figure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A goal of the framework. */
sealed interface Goal {

    String workload();

    String peer();

    Figure figure();

    /** Returns the goal, for the report. */
    String wanted();

    /** Returns what was measured, in the unit of {@link #wanted()}; empty if nothing was. */
    OptionalDouble measured(Results results);

    boolean isMet(double measured);

    /** An absolute bound. */
    record AtMost(String workload, String peer, Figure figure, double bound) implements Goal {

        @Override
        public String wanted() {
            return "≤ " + Numbers.of(bound);
        }

        @Override
        public OptionalDouble measured(Results results) {
            Optional<Spread> spread = results.spread(workload, peer, figure);
            return spread.isPresent() ? OptionalDouble.of(spread.get().median()) : OptionalDouble.empty();
        }

        @Override
        public boolean isMet(double measured) {
            return measured <= bound;
        }
    }

    /** A multiple of the best of other peers. */
    record Times(String workload, String peer, Figure figure, double factor, Rivals rivals) implements Goal {

        @Override
        public String wanted() {
            return (figure.higherIsBetter() ? "≥ " : "≤ ") + Numbers.of(factor) + " × " + rivals.description();
        }

        @Override
        public OptionalDouble measured(Results results) {
            Optional<Spread> own = results.spread(workload, peer, figure);
            OptionalDouble best = results.best(workload, figure, rivals.peers());
            return own.isPresent() && best.isPresent() && best.getAsDouble() > 0
                    ? OptionalDouble.of(own.get().median() / best.getAsDouble())
                    : OptionalDouble.empty();
        }

        @Override
        public boolean isMet(double measured) {
            return figure.higherIsBetter() ? measured >= factor : measured <= factor;
        }
    }

    /**
     * The peers that the framework is compared with.
     *
     * @param description their description
     */
    record Rivals(String description, List<String> peers) {}
}

package io.triggerquery.bench.report;

import java.util.List;

/** The median, the minimum and the maximum of some runs. */
record Spread(double median, double least, double most) {

    /**
     * Creates a spread of at least one value; the median of an even number of values is the mean of the two middle
     * ones.
     */
    static Spread of(List<Double> values) {
        List<Double> inOrder = values.stream().sorted().toList();
        int count = inOrder.size();
        double upper = inOrder.get(count / 2);
        double lower = inOrder.get((count - 1) / 2);
        // both may be infinite
        double median = upper == lower ? upper : (upper + lower) / 2;
        return new Spread(median, inOrder.get(0), inOrder.get(count - 1));
    }
}

package io.triggerquery.bench.report;

import java.util.List;

/** The median of some runs, and the least and the most. */
record Spread(double median, double least, double most) {

    /** Of at least one value; of an even number, the median lies half-way between the two in the middle. */
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

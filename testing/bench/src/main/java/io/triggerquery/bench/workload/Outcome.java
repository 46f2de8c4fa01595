package io.triggerquery.bench.workload;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The result of a run.
 *
 * @param figures the measured figures, in order; infinite if the event did not happen before the wait for it ended
 * @param remarks the problems, in words; empty if there is none
 */
public record Outcome(Map<Figure, Double> figures, List<String> remarks) {

    public Outcome {
        EnumMap<Figure, Double> inOrder = new EnumMap<>(Figure.class);
        inOrder.putAll(figures);
        figures = Collections.unmodifiableMap(inOrder);
        remarks = List.copyOf(remarks);
    }

    /** Returns the result of a run without figures. */
    public static Outcome failed(String why) {
        return new Outcome(Map.of(), List.of(why));
    }
}

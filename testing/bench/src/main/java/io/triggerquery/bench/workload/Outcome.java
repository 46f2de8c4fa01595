package io.triggerquery.bench.workload;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a run has shown.
 *
 * @param figures those that it could measure, in order; infinite if something did not happen as long as it was waited
 *     for
 * @param remarks what was wrong, in plain words; empty if nothing
 */
public record Outcome(Map<Figure, Double> figures, List<String> remarks) {

    public Outcome {
        EnumMap<Figure, Double> inOrder = new EnumMap<>(Figure.class);
        inOrder.putAll(figures);
        figures = Collections.unmodifiableMap(inOrder);
        remarks = List.copyOf(remarks);
    }

    /** A run that came to no figures. */
    public static Outcome failed(String why) {
        return new Outcome(Map.of(), List.of(why));
    }
}

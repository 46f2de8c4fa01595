package io.triggerquery.consumer.it;

import java.util.Locale;
import java.util.Map;

/**
 * What was seen of a group under load, once it had committed what it could.
 *
 * @param triggers how many were sent
 * @param ids over how many ids
 * @param lost ids whose projection is missing or older than their source
 * @param uncommitted triggers above the committed offsets
 * @param twice rounds that brought a version which another round had brought already
 * @param queries of the source, in total
 * @param rebalances how often a member was given partitions
 * @param differences ids whose projection is not equal to their source, for whatever reason
 * @param seconds from the first trigger until all was committed
 */
record ClusterRun(
        RebalanceMode mode,
        long triggers,
        long ids,
        long lost,
        long uncommitted,
        long twice,
        long queries,
        long rebalances,
        long differences,
        long seconds) {

    private static final String HEADER = "mode         triggers     ids   lost  uncommitted  projected twice"
            + "  queries/trigger  rebalances  differences  seconds";
    private static final String ROW = "%-11s %9d %7d %6d %12d %16d %16.2f %11d %12d %8d";

    static long lost(Map<String, Long> source, Map<String, Long> projection) {
        return source.entrySet().stream()
                .filter(thing -> projection.getOrDefault(thing.getKey(), 0L) < thing.getValue())
                .count();
    }

    static long differences(Map<String, Long> source, Map<String, Long> projection) {
        long wrong = source.entrySet().stream()
                .filter(thing -> !thing.getValue().equals(projection.get(thing.getKey())))
                .count();
        long unknown = projection.keySet().stream()
                .filter(id -> !source.containsKey(id))
                .count();
        return wrong + unknown;
    }

    static String header() {
        return HEADER;
    }

    /** One line of the table. */
    String row() {
        return ROW.formatted(
                mode.name().toLowerCase(Locale.ROOT),
                triggers,
                ids,
                lost,
                uncommitted,
                twice,
                (double) queries / triggers,
                rebalances,
                differences,
                seconds);
    }
}

package io.triggerquery.consumer.it;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * The results of a group under load, after it had time to commit everything.
 *
 * @param triggers how many the topic holds
 * @param ids how many ids the source has
 * @param lost ids whose projection is missing or older than the source
 * @param uncommitted triggers above the committed offsets
 * @param twice rounds that wrote a version which another round had written: by a handover, but also because a change
 *     had already been read on behalf of an earlier trigger when its own trigger arrived
 * @param queries how often the source was asked
 * @param rebalances how often a member was given partitions
 * @param differences ids whose projection is not equal to the source, for whatever reason
 * @param seconds from the first trigger until everything was committed
 */
record ClusterRun(
        RebalanceMode mode,
        long triggers,
        long ids,
        List<String> lost,
        long uncommitted,
        long twice,
        long queries,
        long rebalances,
        long differences,
        long seconds) {

    static final String HEADER = "mode         triggers     ids   lost  uncommitted  projected twice"
            + "  queries/trigger  rebalances  differences  seconds";

    private static final String ROW = "%-11s %9d %7d %6d %12d %16d %16.2f %11d %12d %8d";

    static ClusterRun of(
            RebalanceMode mode, MemberGroup group, SourceServer source, ClusterDatabase database, long seconds)
            throws IOException, ExecutionException, InterruptedException {
        Map<String, Long> projection = database.versions();
        return new ClusterRun(
                mode,
                Broker.count(group.topic()),
                source.versions.size(),
                lost(source.versions, projection),
                group.uncommitted(),
                database.repeatedRounds(),
                source.queries.get(),
                group.rebalances(),
                differences(source.versions, projection),
                seconds);
    }

    private static List<String> lost(Map<String, Long> source, Map<String, Long> projection) {
        return source.entrySet().stream()
                .filter(thing -> projection.getOrDefault(thing.getKey(), 0L) < thing.getValue())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static long differences(Map<String, Long> source, Map<String, Long> projection) {
        long wrong = source.entrySet().stream()
                .filter(thing -> !thing.getValue().equals(projection.get(thing.getKey())))
                .count();
        long unknown = projection.keySet().stream()
                .filter(id -> !source.containsKey(id))
                .count();
        return wrong + unknown;
    }

    /** One line of the table. */
    String row() {
        return ROW.formatted(
                mode.name().toLowerCase(Locale.ROOT),
                triggers,
                ids,
                lost.size(),
                uncommitted,
                twice,
                (double) queries / triggers,
                rebalances,
                differences,
                seconds);
    }
}

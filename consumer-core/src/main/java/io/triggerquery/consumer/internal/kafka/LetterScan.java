package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.letter.Scanned;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Visits the dead letters of a listener's group that a filter selects.
 *
 * <p>Unless the filter includes handled ones, these are open: not marked by a selection, and not below the offsets that
 * the last replay of all has committed. Letters that are selected by their positions may be below these offsets, since
 * the replay may have passed over them.
 *
 * <p>Threads: any. Bounds: see {@link TopicScan}.
 *
 * @param topics the topics
 * @param handled remembers what was handled
 * @param triggers reads the triggers of letters
 */
record LetterScan(LetterTopics topics, HandledLettersTopic handled, RecordTriggers triggers) {

    /** Receives the letters. */
    interface Visitor {

        /** Receives a letter. Returns false to end the scan before it. */
        boolean visit(DeadLetter letter, LetterState state) throws InterruptedException;

        /** All letters of one poll were visited. */
        default void polled(TopicScan scan, HandledLettersTopic.Loaded loaded) throws InterruptedException {}
    }

    /**
     * The result of a scan.
     *
     * @param scanned how far it came
     * @param notFound the number of selected positions without a letter of the group
     * @param reasons reasons of letters that it has read; not more than a few
     */
    record Result(Scanned scanned, long notFound, Set<String> reasons) {}

    Result run(LetterFilter filter, Duration limit, Visitor visitor) throws InterruptedException {
        Map<TopicPartition, Uuid> all = topics.partitions();
        Set<TopicPartition> partitions = new HashSet<>(all.keySet());
        if (filter.letters() != null) {
            partitions.retainAll(filter.letters().ranges().keySet());
        }
        try (Consumer<byte[], byte[]> consumer = topics.consumer()) {
            HandledLettersTopic.Loaded loaded = handled.load(consumer, all);
            var scan = new TopicScan(consumer, partitions, topics.nanoTime(), limit);
            Map<TopicPartition, Long> passed = scan.positions();
            Map<TopicPartition, Long> from = from(filter, consumer, passed);
            scan.from(from).until(until(filter));
            var run = new LetterScanRun(this, filter, loaded.letters(), passed, visitor);
            while (scan.hasNext()) {
                run.visit(scan);
                visitor.polled(scan, loaded);
            }
            return run.result(scan, from);
        }
    }

    private static Map<TopicPartition, Long> from(
            LetterFilter filter, Consumer<?, ?> consumer, Map<TopicPartition, Long> passed) {
        Map<TopicPartition, Long> from = new HashMap<>(passed);
        if (filter.letters() != null) {
            from.putAll(filter.letters().first());
            from.keySet().retainAll(passed.keySet());
        } else if (filter.handled()) {
            from.replaceAll((partition, offset) -> 0L);
        }
        filter.cursor()
                .forEach((partition, offset) ->
                        from.computeIfPresent(partition, (any, least) -> Math.max(least, offset)));
        Instant since = filter.since();
        if (since != null) {
            Map<TopicPartition, Long> times = from.keySet().stream()
                    .collect(Collectors.toMap(Function.identity(), partition -> since.toEpochMilli()));
            consumer.offsetsForTimes(times)
                    .forEach((partition, found) -> from.computeIfPresent(
                            partition,
                            (any, least) -> found == null ? Long.MAX_VALUE : Math.max(least, found.offset())));
        }
        return from;
    }

    private static Map<TopicPartition, Long> until(LetterFilter filter) {
        if (filter.letters() == null) {
            return Map.of();
        }
        Map<TopicPartition, Long> until = new HashMap<>(filter.letters().last());
        until.replaceAll((partition, last) -> last + 1);
        return until;
    }
}

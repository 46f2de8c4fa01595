package io.triggerquery.consumer.internal.letter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/**
 * Offsets of partitions, written as {@code things-dlt-0@5,7-9,things-dlt-1@0}: each offset or range belongs to the
 * partition that was named last.
 *
 * <p>Threads: any, since it is immutable.
 */
public final class Offsets {

    private static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);
    private static final Pattern PART =
            Pattern.compile("(?:(?<name>[a-zA-Z0-9._-]{1,260})@)?" + "(?<first>[0-9]{1,18})(?:-(?<last>[0-9]{1,18}))?");
    private static final Pattern PARTITION = Pattern.compile("(?<topic>.+)-(?<number>[0-9]{1,9})");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final Map<TopicPartition, List<Range>> ranges;

    /**
     * Offsets of one partition.
     *
     * @param first the first of them
     * @param last the last of them
     */
    public record Range(long first, long last) {

        /** Returns how many of them are at least {@code from} and less than {@code to}. */
        public long count(long from, long to) {
            return Math.max(0, Math.min(last, to - 1) - Math.max(first, from) + 1);
        }

        @Override
        public String toString() {
            return first == last ? Long.toString(first) : first + "-" + last;
        }
    }

    private Offsets(Map<TopicPartition, List<Range>> ranges) {
        this.ranges = ranges;
    }

    /** Returns single offsets; those that follow each other become ranges. */
    public static Offsets of(Map<TopicPartition, ? extends Collection<Long>> offsets) {
        Map<TopicPartition, List<Range>> ranges = new TreeMap<>(ORDER);
        offsets.forEach((partition, single) -> ranges.put(partition, ranges(single)));
        return new Offsets(ranges);
    }

    private static List<Range> ranges(Collection<Long> offsets) {
        List<Range> ranges = new ArrayList<>();
        for (long offset : offsets.stream().distinct().sorted().toList()) {
            int end = ranges.size() - 1;
            if (end >= 0 && ranges.get(end).last() == offset - 1) {
                ranges.set(end, new Range(ranges.get(end).first(), offset));
            } else {
                ranges.add(new Range(offset, offset));
            }
        }
        return ranges;
    }

    /**
     * Reads offsets of the partitions of some topics. With a single topic the number of a partition names it too.
     *
     * @throws IllegalArgumentException if the text is not in the form above, or names another topic
     */
    public static Offsets parse(String text, Collection<String> topics) {
        Map<TopicPartition, List<Range>> ranges = new TreeMap<>(ORDER);
        TopicPartition partition = null;
        for (String part : text.split(",", -1)) {
            Matcher matcher = PART.matcher(part.strip());
            if (!matcher.matches()) {
                throw invalid(part, topics);
            }
            if (matcher.group("name") != null) {
                partition = partition(matcher.group("name"), topics);
            }
            if (partition == null) {
                throw invalid(part, topics);
            }
            long first = Long.parseLong(matcher.group("first"));
            long last = matcher.group("last") == null ? first : Long.parseLong(matcher.group("last"));
            if (last < first) {
                throw invalid(part, topics);
            }
            ranges.computeIfAbsent(partition, any -> new ArrayList<>()).add(new Range(first, last));
        }
        return new Offsets(ranges);
    }

    private static TopicPartition partition(String name, Collection<String> topics) {
        if (topics.size() == 1 && NUMBER.matcher(name).matches()) {
            return new TopicPartition(topics.iterator().next(), Integer.parseInt(name));
        }
        Matcher matcher = PARTITION.matcher(name);
        if (!matcher.matches() || !topics.contains(matcher.group("topic"))) {
            throw invalid(name, topics);
        }
        return new TopicPartition(matcher.group("topic"), Integer.parseInt(matcher.group("number")));
    }

    private static IllegalArgumentException invalid(String part, Collection<String> topics) {
        String shortened = part.length() > 80 ? part.substring(0, 80) + "…" : part;
        String example = topics.iterator().next() + "-0@17";
        return new IllegalArgumentException(
                "'" + shortened + "' is not a position. A position is PARTITION@OFFSET, such"
                        + " as " + example + "; several are " + example + ",19,25-30. The topics are "
                        + String.join(", ", topics));
    }

    /** Returns the ranges of each partition. */
    public Map<TopicPartition, List<Range>> ranges() {
        return ranges;
    }

    /** Returns whether an offset is one of these. */
    public boolean contains(TopicPartition partition, long offset) {
        return ranges.getOrDefault(partition, List.of()).stream()
                .anyMatch(range -> range.first() <= offset && offset <= range.last());
    }

    /** Returns the number of offsets. */
    public long count() {
        return ranges.values().stream()
                .flatMap(List::stream)
                .mapToLong(range -> range.count(0, Long.MAX_VALUE))
                .sum();
    }

    /** Returns the lowest offset of each partition. */
    public Map<TopicPartition, Long> first() {
        Map<TopicPartition, Long> first = new TreeMap<>(ORDER);
        ranges.forEach((partition, some) ->
                first.put(partition, some.stream().mapToLong(Range::first).min().orElse(0)));
        return first;
    }

    /** Returns the highest offset of each partition. */
    public Map<TopicPartition, Long> last() {
        Map<TopicPartition, Long> last = new TreeMap<>(ORDER);
        ranges.forEach((partition, some) ->
                last.put(partition, some.stream().mapToLong(Range::last).max().orElse(0)));
        return last;
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        ranges.forEach((partition, some) -> {
            for (int i = 0; i < some.size(); i++) {
                parts.add((i == 0 ? partition + "@" : "") + some.get(i));
            }
        });
        return String.join(",", parts);
    }
}

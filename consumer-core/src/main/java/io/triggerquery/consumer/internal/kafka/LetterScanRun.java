package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.letter.Offsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One run of a {@link LetterScan}: decides which letters are visited, and counts the others.
 *
 * <p>Threads: one.
 */
final class LetterScanRun {

    private static final int MAX_REASONS = 20;

    private final LetterScan letters;
    private final LetterFilter filter;
    private final HandledLetters handled;
    private final Map<TopicPartition, Long> passed;
    private final LetterScan.Visitor visitor;
    private final Set<String> reasons = new TreeSet<>();
    private long ofOthers;
    private long handledBefore;
    private long found;

    /**
     * Creates a run.
     *
     * @param passed the offsets below which a replay of all has handled the letters
     */
    LetterScanRun(
            LetterScan letters,
            LetterFilter filter,
            HandledLetters handled,
            Map<TopicPartition, Long> passed,
            LetterScan.Visitor visitor) {
        this.letters = letters;
        this.filter = filter;
        this.handled = handled;
        this.passed = passed;
        this.visitor = visitor;
    }

    /** Visits the letters of one poll. */
    void visit(TopicScan scan) throws InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> polled = scan.poll();
        for (int i = 0; i < polled.size(); i++) {
            var letter = new DeadLetter(polled.get(i));
            if (filter.mayBe(letter) && !visit(letter)) {
                scan.stopBefore(polled.subList(i, polled.size()));
                return;
            }
        }
    }

    private boolean visit(DeadLetter letter) throws InterruptedException {
        if (!letter.isOf(letters.topics().group())) {
            ofOthers++;
            return true;
        }
        LetterState state = state(letter);
        boolean isHandled = filter.letters() == null ? state != LetterState.OPEN : state.isMarked();
        if (isHandled && !filter.handled()) {
            handledBefore++;
        } else {
            if (reasons.size() < MAX_REASONS) {
                reasons.add(letter.reason());
            }
            if (filter.matches(letter, letters.triggers()) && !visitor.visit(letter, state)) {
                return false;
            }
        }
        found++;
        return true;
    }

    private LetterState state(DeadLetter letter) {
        long offset = letter.message().offset();
        LetterState state = handled.state(letter.partition(), offset);
        return state == LetterState.OPEN && offset < passed.getOrDefault(letter.partition(), 0L)
                ? LetterState.PASSED
                : state;
    }

    LetterScan.Result result(TopicScan scan, Map<TopicPartition, Long> from) {
        return new LetterScan.Result(scan.scanned(ofOthers, handledBefore), notFound(from, scan), reasons);
    }

    /** Returns the number of selected positions without a letter, up to where the scan came. */
    private long notFound(Map<TopicPartition, Long> from, TopicScan scan) {
        Offsets selected = filter.letters();
        if (selected == null) {
            return 0;
        }
        long all = selected.ranges().entrySet().stream()
                .mapToLong(partition -> partition.getValue().stream()
                        .mapToLong(range -> range.count(
                                from.getOrDefault(partition.getKey(), 0L), reached(partition.getKey(), scan)))
                        .sum())
                .sum();
        return all - found;
    }

    /** Returns the offset up to which selected positions count as read; at the end of the scan all do. */
    private static long reached(TopicPartition partition, TopicScan scan) {
        return scan.isAtEnd() ? Long.MAX_VALUE : scan.positions().getOrDefault(partition, 0L);
    }
}

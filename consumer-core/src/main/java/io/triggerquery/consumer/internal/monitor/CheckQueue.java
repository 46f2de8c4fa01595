package io.triggerquery.consumer.internal.monitor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The checks that will be due, in the order of their times.
 *
 * <p>Threads: the monitor's thread. Bounds: {@value #SIZE} checks, each with an id; more are not added.
 */
final class CheckQueue {

    /** At one sample per second, and an hour for each, 3,600 wait. */
    static final int SIZE = 10_000;

    private final PriorityQueue<Check> checks = new PriorityQueue<>(Comparator.comparingLong(Check::due));

    /** Adds a check. Returns false if there are too many. */
    boolean add(Check check) {
        return checks.size() < SIZE && checks.add(check);
    }

    /** Removes the checks that are due, up to a number. */
    List<Check> due(long now, int max) {
        List<Check> due = new ArrayList<>();
        while (due.size() < max) {
            Check first = checks.peek();
            if (first == null || first.due() > now) {
                break;
            }
            due.add(checks.remove());
        }
        return due;
    }

    /** Removes the checks that are too late to count for their measure. */
    List<Check> tooLate(long now) {
        List<Check> late = new ArrayList<>();
        Check first = checks.peek();
        if (first == null || first.due() > now - Measure.AFTER_1S.nanos()) {
            return late;
        }
        checks.removeIf(check -> check.isTooLate(now) && late.add(check));
        return late;
    }

    /** Removes the checks whose trigger came from one of these partitions. */
    void drop(Collection<TopicPartition> partitions, Consumer<Check> dropped) {
        checks.removeIf(check -> {
            boolean drop = check.isOf(partitions);
            if (drop) {
                dropped.accept(check);
            }
            return drop;
        });
    }

    int size() {
        return checks.size();
    }
}

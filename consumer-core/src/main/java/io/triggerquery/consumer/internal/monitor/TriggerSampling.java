package io.triggerquery.consumer.internal.monitor;

import io.triggerquery.consumer.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * Chooses triggers at random, and plans the checks of their ids at each age of the trigger.
 *
 * <p>The age is the time since the trigger was sent, by the clocks of sender and receiver, at the time of receipt; from
 * then on it is measured here. A negative age counts as 0. Ages that had passed at the time of receipt are counted as
 * late.
 *
 * <p>Threads: the monitor's thread.
 */
final class TriggerSampling {

    private static final double MOST_AT_ONCE = 10;

    private final TriggerSampler sampler;
    private final Budget samples;
    private final CheckQueue queue;
    private final MonitorTime time;
    private final MonitorListener listener;

    /**
     * Creates an instance.
     *
     * @param perSecond the number of triggers to choose per second
     */
    TriggerSampling(
            TriggerSampler sampler, double perSecond, CheckQueue queue, MonitorTime time, MonitorListener listener) {
        this.sampler = sampler;
        this.samples = new Budget(perSecond, MOST_AT_ONCE, time.nanos());
        this.queue = queue;
        this.time = time;
        this.listener = listener;
    }

    /** Plans the checks of the last choice, if there is one, and permits the next. */
    void next(long now) {
        TriggerSampler.Choice choice = sampler.take();
        if (choice != null) {
            samples.use(1);
            plan(choice, now);
        }
        dropMoved(List.of());
        if (samples.available(now) >= 1) {
            sampler.open();
        }
    }

    /** Drops the checks of triggers from partitions that have moved. Returns those that are left of some others. */
    List<Check> dropMoved(List<Check> others) {
        List<TopicPartition> moved = sampler.moved();
        if (moved.isEmpty()) {
            return others;
        }
        queue.drop(moved, this::moved);
        others.stream().filter(check -> check.isOf(moved)).forEach(this::moved);
        return others.stream().filter(check -> !check.isOf(moved)).toList();
    }

    private void moved(Check check) {
        listener.checked(check.measure(), Result.MOVED);
    }

    private void plan(TriggerSampler.Choice choice, long now) {
        Trigger trigger = choice.trigger();
        long age = age(trigger.producedAt());
        Measure first = Measure.from(age);
        for (Measure passed : Measure.values()) {
            if (passed.ofTriggers() && (first == null || passed.compareTo(first) < 0)) {
                listener.checked(passed, Result.LATE);
            }
        }
        if (first != null) {
            var received = new Subject.Received(choice.partition(), trigger.producedAt());
            queue.add(Check.ofTrigger(new Subject(trigger.id(), trigger.version(), now - age, received), first));
        }
    }

    /** Returns the age in nanoseconds, from 0 to a bit more than the highest that is measured. */
    private long age(Instant sentAt) {
        Duration age = Duration.between(sentAt, time.clock().instant());
        Duration most = Duration.ofNanos(Measure.AFTER_1H.nanos() + 1);
        return age.isNegative() ? 0 : (age.compareTo(most) > 0 ? most : age).toNanos();
    }
}

package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.engine.Timer;
import io.triggerquery.consumer.internal.reading.Loss;
import io.triggerquery.consumer.internal.reading.ReadingListener;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Determines which jumps of a listener's position are losses, by asking the broker. A jump forward is one if the log
 * begins behind where it began, a jump back if the log ends before it; all others are compaction, transactions or
 * seeks.
 *
 * <p>Threads: any. Bounds: of the jumps of a second it asks about the widest of each partition. Failure: asks again
 * while the broker does not answer.
 */
final class LossCheck implements ReadPositions.Jumps {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final LogEnds logEnds;
    private final boolean resetsToEarliest;
    private final Timer timer;
    private final ReadingListener listener;
    private final Map<TopicPartition, Jump> forward = new HashMap<>();
    private final Map<TopicPartition, Jump> back = new HashMap<>();
    private boolean scheduled;

    private record Jump(long from, long to) {

        private Jump or(Jump other) {
            return Math.abs(other.to - other.from) > Math.abs(to - from) ? other : this;
        }
    }

    /** Asks the broker where logs begin and end. */
    @FunctionalInterface
    interface LogEnds {

        /** Completes with the offsets of those that exist, or exceptionally. May throw as well. */
        CompletionStage<Map<TopicPartition, Long>> ask(Map<TopicPartition, OffsetSpec> which);
    }

    LossCheck(LogEnds logEnds, boolean resetsToEarliest, Timer timer, ReadingListener listener) {
        this.logEnds = logEnds;
        this.resetsToEarliest = resetsToEarliest;
        this.timer = timer;
        this.listener = listener;
    }

    @Override
    public synchronized void forward(TopicPartition partition, long from, long to) {
        forward.merge(partition, new Jump(from, to), Jump::or);
        schedule();
    }

    @Override
    public synchronized void back(TopicPartition partition, long from, long to) {
        back.merge(partition, new Jump(from, to), Jump::or);
        schedule();
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            timer.schedule(PAUSE, this::check);
        }
    }

    private synchronized void check() {
        scheduled = false;
        ask(forward, OffsetSpec.earliest(), this::judgeForward);
        ask(back, OffsetSpec.latest(), this::judgeBack);
    }

    @FunctionalInterface
    private interface Judge {
        void judge(TopicPartition partition, Jump jump, long offset);
    }

    private void ask(Map<TopicPartition, Jump> jumps, OffsetSpec spec, Judge judge) {
        Map<TopicPartition, Jump> asked = Map.copyOf(jumps);
        if (asked.isEmpty()) {
            return;
        }
        jumps.clear();
        try {
            logEnds.ask(asked.keySet().stream().collect(Collectors.toMap(partition -> partition, partition -> spec)))
                    .whenComplete((offsets, failure) -> {
                        if (failure == null) {
                            asked.forEach((partition, jump) ->
                                    judge.judge(partition, jump, offsets.getOrDefault(partition, jump.from())));
                        } else {
                            again(jumps, asked);
                        }
                    });
        } catch (RuntimeException failure) {
            again(jumps, asked);
        }
    }

    private synchronized void again(Map<TopicPartition, Jump> jumps, Map<TopicPartition, Jump> unanswered) {
        unanswered.forEach((partition, jump) -> jumps.merge(partition, jump, Jump::or));
        schedule();
    }

    private void judgeForward(TopicPartition partition, Jump jump, long logStart) {
        if (logStart > jump.from()) {
            long readOnFrom = resetsToEarliest ? Math.min(logStart, jump.to()) : jump.to();
            listener.lost(new Loss(partition, Loss.Kind.DELETED, jump.from(), readOnFrom));
        }
    }

    private void judgeBack(TopicPartition partition, Jump jump, long logEnd) {
        if (logEnd < jump.from()) {
            listener.lost(new Loss(partition, Loss.Kind.TRUNCATED, logEnd, jump.from()));
        }
    }
}

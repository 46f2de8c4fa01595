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
 * Determines which jumps of a listener's position are losses, by querying the broker. A jump forward is a loss if the
 * log starts after the offset at which the jump began; a jump back is one if the log ends before that offset. All
 * others are compaction, transactions or seeks.
 *
 * <p>Threads: any. Bounds: once a second it checks the widest jump of each partition. Failure: repeats the query while
 * the broker does not answer.
 */
final class LossCheck implements ReadPositions.Jumps {

    private static final Duration DELAY = Duration.ofSeconds(1);

    private final LogEnds logEnds;
    private final boolean resetsToEarliest;
    private final Timer timer;
    private final ReadingListener listener;
    private final Map<TopicPartition, Jump> forward = new HashMap<>();
    private final Map<TopicPartition, Jump> back = new HashMap<>();
    private boolean scheduled;

    private record Jump(long from, long to) {

        private Jump wider(Jump other) {
            return Math.abs(other.to - other.from) > Math.abs(to - from) ? other : this;
        }
    }

    /** Queries the start or end offsets of logs. */
    @FunctionalInterface
    interface LogEnds {

        /** Completes with the offsets of the existing partitions, or exceptionally. May also throw. */
        CompletionStage<Map<TopicPartition, Long>> query(Map<TopicPartition, OffsetSpec> specs);
    }

    LossCheck(LogEnds logEnds, boolean resetsToEarliest, Timer timer, ReadingListener listener) {
        this.logEnds = logEnds;
        this.resetsToEarliest = resetsToEarliest;
        this.timer = timer;
        this.listener = listener;
    }

    @Override
    public synchronized void forward(TopicPartition partition, long from, long to) {
        forward.merge(partition, new Jump(from, to), Jump::wider);
        schedule();
    }

    @Override
    public synchronized void back(TopicPartition partition, long from, long to) {
        back.merge(partition, new Jump(from, to), Jump::wider);
        schedule();
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            timer.schedule(DELAY, this::check);
        }
    }

    private synchronized void check() {
        scheduled = false;
        query(forward, OffsetSpec.earliest(), this::checkForward);
        query(back, OffsetSpec.latest(), this::checkBack);
    }

    @FunctionalInterface
    private interface JumpCheck {
        void check(TopicPartition partition, Jump jump, long offset);
    }

    private void query(Map<TopicPartition, Jump> jumps, OffsetSpec spec, JumpCheck check) {
        Map<TopicPartition, Jump> queried = Map.copyOf(jumps);
        if (queried.isEmpty()) {
            return;
        }
        jumps.clear();
        try {
            logEnds.query(queried.keySet().stream()
                            .collect(Collectors.toMap(partition -> partition, partition -> spec)))
                    .whenComplete((offsets, failure) -> {
                        if (failure == null) {
                            queried.forEach((partition, jump) ->
                                    check.check(partition, jump, offsets.getOrDefault(partition, jump.from())));
                        } else {
                            retry(jumps, queried);
                        }
                    });
        } catch (RuntimeException failure) {
            retry(jumps, queried);
        }
    }

    private synchronized void retry(Map<TopicPartition, Jump> jumps, Map<TopicPartition, Jump> unanswered) {
        unanswered.forEach((partition, jump) -> jumps.merge(partition, jump, Jump::wider));
        schedule();
    }

    private void checkForward(TopicPartition partition, Jump jump, long logStart) {
        if (logStart > jump.from()) {
            long readOnFrom = resetsToEarliest ? Math.min(logStart, jump.to()) : jump.to();
            listener.lost(new Loss(partition, Loss.Kind.DELETED, jump.from(), readOnFrom));
        }
    }

    private void checkBack(TopicPartition partition, Jump jump, long logEnd) {
        if (logEnd < jump.from()) {
            listener.lost(new Loss(partition, Loss.Kind.TRUNCATED, logEnd, jump.from()));
        }
    }
}

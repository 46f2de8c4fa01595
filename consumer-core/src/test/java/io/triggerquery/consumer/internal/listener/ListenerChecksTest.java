package io.triggerquery.consumer.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.kafka.GroupOffsets.Position;
import io.triggerquery.consumer.internal.monitor.GroupProgress;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A delivery is settled if the group has committed it or this instance knows that it is. */
class ListenerChecksTest {

    private static final TopicPartition HERE = new TopicPartition("things", 0);
    private static final TopicPartition ELSEWHERE = new TopicPartition("things", 1);
    private static final TopicPartition RETRY = new TopicPartition("retry", 0);

    @Test
    void higherOfCommittedOffsetAndWatermarkIsSettled() {
        GroupProgress progress = ListenerChecks.progress(
                Map.of(HERE, 12L),
                Map.of(HERE, new Position(10L, 15L, 15), ELSEWHERE, new Position(7L, null, 9)),
                "retry");

        assertThat(progress)
                .isEqualTo(new GroupProgress(Map.of(HERE, 12L, ELSEWHERE, 7L), Map.of(HERE, 15L, ELSEWHERE, 9L), true));
    }

    @Test
    void partlyReadRetryTopicMayHaveDeferredTriggers() {
        assertThat(deferred(new Position(3L, null, 4))).isFalse();
        assertThat(deferred(new Position(null, null, 4))).isFalse();
        assertThat(deferred(new Position(4L, null, 4))).isTrue();
        assertThat(deferred(new Position(null, null, 0))).isTrue();
    }

    private static boolean deferred(Position position) {
        return ListenerChecks.progress(Map.of(), Map.of(RETRY, position), "retry")
                .nothingDeferred();
    }
}

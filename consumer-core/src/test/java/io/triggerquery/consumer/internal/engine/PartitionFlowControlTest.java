package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static io.triggerquery.consumer.internal.engine.EngineHarness.P1;
import static io.triggerquery.consumer.internal.engine.EngineHarness.RETRY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The pause and resume requests to the container. */
class PartitionFlowControlTest implements Intake {

    private static final Set<TopicPartition> ASSIGNED = Set.of(P0, RETRY);

    private final List<String> asked = new ArrayList<>();
    private final PartitionFlowControl flowControl = new PartitionFlowControl(this, RETRY.topic());

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        asked.add("pause " + partitions.stream().sorted(this::order).toList());
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        asked.add("resume " + partitions.stream().sorted(this::order).toList());
    }

    private int order(TopicPartition one, TopicPartition other) {
        return one.toString().compareTo(other.toString());
    }

    private void request(Set<TopicPartition> assigned, boolean all, boolean retries, String... topics) {
        flowControl.request(assigned, all, retries, Set.of(topics));
        flowControl.settle();
    }

    @Test
    void requestsOnlyTheDifference() {
        request(ASSIGNED, false, false);
        request(ASSIGNED, false, true);
        request(ASSIGNED, true, true);
        request(ASSIGNED, true, false);
        request(Set.of(P0, P1, RETRY), true, false);
        request(Set.of(P1, RETRY), true, false);
        request(Set.of(P1, RETRY), false, false);
        assertThat(asked)
                .containsExactly(
                        "pause [triggers-retry-0]",
                        "pause [triggers-0]",
                        "pause [triggers-1]",
                        "resume [triggers-0]",
                        "resume [triggers-1, triggers-retry-0]");
    }

    @Test
    void pausesSingleTopicsAndRetryTopic() {
        request(ASSIGNED, false, false, P0.topic());
        request(ASSIGNED, false, true, P0.topic());
        request(ASSIGNED, false, true);
        request(ASSIGNED, false, false);
        assertThat(asked)
                .containsExactly(
                        "pause [triggers-0]",
                        "pause [triggers-retry-0]",
                        "resume [triggers-0]",
                        "resume [triggers-retry-0]");
    }

    @Test
    void movedPartitionIsResumedAtFormerAndPausedAtNewConsumer() {
        request(ASSIGNED, true, false);
        asked.clear();
        flowControl.forget(P0);
        flowControl.settle();
        assertThat(asked).containsExactly("resume [triggers-0]", "pause [triggers-0]");
    }

    @Test
    void movedPartitionThatWasNotPausedIsNotRequested() {
        flowControl.forget(P0);
        flowControl.settle();
        assertThat(asked).isEmpty();
    }
}

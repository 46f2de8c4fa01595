package io.triggerquery.consumer.engine;

import static io.triggerquery.consumer.engine.EngineHarness.P0;
import static io.triggerquery.consumer.engine.EngineHarness.P1;
import static io.triggerquery.consumer.engine.EngineHarness.RETRY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What the container is asked for. */
class ValveTest implements Intake {

    private static final Set<TopicPartition> ASSIGNED = Set.of(P0, RETRY);

    private final List<String> asked = new ArrayList<>();
    private final Valve valve = new Valve(this, RETRY.topic());

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

    private void wish(Set<TopicPartition> assigned, boolean all, boolean retries) {
        valve.wish(assigned, all, retries);
        valve.settle();
    }

    @Test
    void isAskedForTheDifferenceOnly() {
        wish(ASSIGNED, false, false);
        wish(ASSIGNED, false, true);
        wish(ASSIGNED, true, true);
        wish(ASSIGNED, true, false);
        wish(Set.of(P0, P1, RETRY), true, false);
        wish(Set.of(P1, RETRY), true, false);
        wish(Set.of(P1, RETRY), false, false);
        assertThat(asked)
                .containsExactly(
                        "pause [triggers-retry-0]",
                        "pause [triggers-0]",
                        "pause [triggers-1]",
                        "resume [triggers-0]",
                        "resume [triggers-1, triggers-retry-0]");
    }

    @Test
    void whatMovedToAnotherConsumerIsResumedAtTheFormerAndPausedAnew() {
        wish(ASSIGNED, true, false);
        asked.clear();
        valve.forget(P0);
        valve.settle();
        assertThat(asked).containsExactly("resume [triggers-0]", "pause [triggers-0]");
    }

    @Test
    void whatMovedAndWasNotPausedIsLeftAlone() {
        valve.forget(P0);
        valve.settle();
        assertThat(asked).isEmpty();
    }
}

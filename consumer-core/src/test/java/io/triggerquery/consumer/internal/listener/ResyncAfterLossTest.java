package io.triggerquery.consumer.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.reading.Loss;
import io.triggerquery.consumer.internal.resync.ResyncStart;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ResyncAfterLossTest {

    private static final Loss LOSS = new Loss(new TopicPartition("things", 0), Loss.Kind.DELETED, 0, 9);

    private final Deque<Runnable> due = new ArrayDeque<>();
    private ResyncStart answer = ResyncStart.ELSEWHERE;
    private int requests;
    private final ResyncAfterLoss resync = new ResyncAfterLoss(
            "things",
            () -> {
                requests++;
                return answer;
            },
            (delay, action) -> {
                due.add(action);
                return () -> {};
            });

    @Test
    void asksAgainUntilItIsKnownWhoRunsIt(CapturedOutput output) {
        resync.lost(LOSS);
        due.remove().run();
        answer = ResyncStart.NOW;
        due.remove().run();
        assertThat(requests).isEqualTo(3);
        assertThat(due).isEmpty();
        assertThat(output).contains("things: A resync was requested");
    }

    @Test
    void saysWhatToDoWhenAnotherInstanceRunsIt(CapturedOutput output) {
        resync.lost(LOSS);
        while (!due.isEmpty()) {
            due.remove().run();
        }
        assertThat(requests).isEqualTo(4);
        assertThat(output).contains("things: Another instance runs the resync. Request it there");
    }

    @Test
    void saysWhatToDoWithoutASource(CapturedOutput output) {
        answer = ResyncStart.NO_SOURCE;
        resync.lost(LOSS);
        assertThat(output).contains("things: There is no ResyncSource");
    }
}

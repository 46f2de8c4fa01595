package io.triggerquery.consumer.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.reading.Loss;
import io.triggerquery.consumer.internal.resync.ResyncStart;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ResyncAfterLossTest {

    private static final Loss LOSS = new Loss(new TopicPartition("things", 0), Loss.Kind.DELETED, 0, 9);

    @Test
    void requestsResyncAndLogsIt(CapturedOutput output) {
        new ResyncAfterLoss("things", () -> ResyncStart.NOW).lost(LOSS);
        assertThat(output).contains("things: A resync was requested");
    }

    @Test
    void logsWhatToDoWithoutSource(CapturedOutput output) {
        new ResyncAfterLoss("things", () -> ResyncStart.NO_SOURCE).lost(LOSS);
        assertThat(output).contains("things: There is no ResyncSource");
    }
}

package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A message without a valid id is never queried, even if its dead letter cannot be sent. */
class DeadLetteredMessageTest {

    private static final String MESSAGE = "triggers-0@0";

    private final EngineHarness harness = new EngineHarness(2, 1_000);

    @Test
    void failedDeadLetterIsSentAgainWithoutHoldingAWorker() {
        harness.deliver(P0, 0, new Work.DeadLetter(MESSAGE, "empty", () -> {}), 0);
        harness.begin();
        harness.fail(MESSAGE);
        assertThat(harness.committed).isEmpty();
        harness.timer.advance(Duration.ofSeconds(1));
        harness.begin();
        assertThat(harness.batchOf(MESSAGE)).isInstanceOf(Batch.DeadLetterMessage.class);

        harness.succeed(MESSAGE);
        assertThat(harness.committed).containsEntry(P0, 1L);
    }

    @Test
    void failedDeadLetterBacksOff() {
        harness.deliver(P0, 0, new Work.DeadLetter(MESSAGE, "empty", () -> {}), 0);
        harness.begin();
        harness.fail(MESSAGE);
        harness.timer.advance(Duration.ofSeconds(1));
        harness.begin();
        harness.fail(MESSAGE);
        assertThat(harness.failures).containsExactly(MESSAGE + " 1 1s", MESSAGE + " 2 1s");
        assertThat(harness.engine.status(1).waiting()).isEqualTo(1);
    }
}

package io.triggerquery.producer.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.sending.SendOutcome;
import io.triggerquery.producer.sending.TriggerSender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DispatchTest {

    private static final List<OutboxRow> ROWS = List.of(new OutboxRow(1, "a"), new OutboxRow(2, "b"));

    @Test
    void givesUpOnAnAnswerThatNeverComes() {
        TriggerSender silent = (destination, id) -> new CompletableFuture<>();

        Dispatch.Result result = new Dispatch(silent, Duration.ZERO).send("changed", ROWS);

        assertThat(result.having(SendOutcome.Unreachable.class)).hasSize(2);
    }

    @Test
    void aSenderThatFailsItsFutureCountsAsUnreachable() {
        TriggerSender failing = (destination, id) -> CompletableFuture.failedFuture(new IllegalStateException("bug"));

        Dispatch.Result result = new Dispatch(failing, Duration.ZERO).send("changed", ROWS);

        assertThat(result.having(SendOutcome.Unreachable.class)).hasSize(1);
        assertThat(result.unsent()).containsExactly(2L);
    }
}

package io.triggerquery.producer.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.sending.SendOutcome;
import io.triggerquery.producer.sending.Trigger;
import io.triggerquery.producer.sending.TriggerSender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DispatchTest {

    private static final List<Claimed> ROWS = List.of(
            new Claimed(1, 0, Trigger.of("changed", "a"), 0),
            new Claimed(2, 0, new Trigger("changed", "b", 7L), 0),
            new Claimed(3, 0, new Trigger("changed", "b", 5L), 0));

    @Test
    void sendsTheHighestVersionOfAnId() {
        FakeSender sender = new FakeSender();

        new Dispatch(sender, Duration.ZERO).deliver("changed", ROWS);

        assertThat(sender.sent).containsExactly(Trigger.of("changed", "a"), new Trigger("changed", "b", 7L));
    }

    @Test
    void sendsAnIdWithoutAVersionIfOneOfItsRowsHasNone() {
        FakeSender sender = new FakeSender();

        new Dispatch(sender, Duration.ZERO)
                .deliver(
                        "changed",
                        List.of(
                                new Claimed(1, 0, new Trigger("changed", "a", 9L), 0),
                                new Claimed(2, 0, Trigger.of("changed", "a"), 0)));

        assertThat(sender.sent).containsExactly(Trigger.of("changed", "a"));
    }

    @Test
    void givesUpOnAnAnswerThatNeverComes() {
        TriggerSender silent = trigger -> new CompletableFuture<>();

        Delivery.Result result = new Dispatch(silent, Duration.ZERO).deliver("changed", ROWS);

        assertThat(result.having(SendOutcome.Unreachable.class)).hasSize(2);
    }

    @Test
    void aSenderThatFailsItsFutureCountsAsUnreachable() {
        TriggerSender failing = trigger -> CompletableFuture.failedFuture(new IllegalStateException("bug"));

        Delivery.Result result = new Dispatch(failing, Duration.ZERO).deliver("changed", ROWS);

        assertThat(result.having(SendOutcome.Unreachable.class)).hasSize(1);
        assertThat(result.untried()).containsExactlyElementsOf(ROWS.subList(1, 3));
    }
}

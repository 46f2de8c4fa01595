package io.triggerquery.producer.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.TriggerSender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DispatchTest {

    private static final List<Claimed> ROWS = List.of(
            new Claimed(1, 0, OutgoingTrigger.of("changed", "a"), 0),
            new Claimed(2, 0, new OutgoingTrigger("changed", "b", 7L), 0),
            new Claimed(3, 0, new OutgoingTrigger("changed", "b", 5L), 0));

    @Test
    void sendsHighestVersionOfAnId() {
        FakeSender sender = new FakeSender();

        new Dispatch(sender, Duration.ZERO).deliver("changed", ROWS);

        assertThat(sender.sent)
                .containsExactly(OutgoingTrigger.of("changed", "a"), new OutgoingTrigger("changed", "b", 7L));
    }

    @Test
    void sendsNoVersionIfOneRowOfTheIdHasNone() {
        FakeSender sender = new FakeSender();

        new Dispatch(sender, Duration.ZERO)
                .deliver(
                        "changed",
                        List.of(
                                new Claimed(1, 0, new OutgoingTrigger("changed", "a", 9L), 0),
                                new Claimed(2, 0, OutgoingTrigger.of("changed", "a"), 0)));

        assertThat(sender.sent).containsExactly(OutgoingTrigger.of("changed", "a"));
    }

    @Test
    void missingAnswerCountsAsUnreachable() {
        TriggerSender silent = trigger -> new CompletableFuture<>();

        BatchDelivery.Result result = new Dispatch(silent, Duration.ZERO).deliver("changed", ROWS);

        assertThat(result.having(SendOutcome.Unreachable.class)).hasSize(2);
    }

    @Test
    void failedFutureCountsAsUnreachable() {
        TriggerSender failing = trigger -> CompletableFuture.failedFuture(new IllegalStateException("bug"));

        BatchDelivery.Result result = new Dispatch(failing, Duration.ZERO).deliver("changed", ROWS);

        assertThat(result.having(SendOutcome.Unreachable.class)).hasSize(1);
        assertThat(result.untried()).containsExactlyElementsOf(ROWS.subList(1, 3));
    }

    @Test
    void refusedTriggersAreSentAloneBeforeTheyAreGivenUp() {
        Alone sender = new Alone(new SendOutcome.Refused("invalid"), new SendOutcome.Acknowledged());

        BatchDelivery.Result result = new Dispatch(sender, Duration.ofSeconds(30)).deliver("changed", ROWS);

        assertThat(sender.alone).containsExactly("a", "b");
        assertThat(result.having(SendOutcome.Acknowledged.class)).hasSize(2);
    }

    @Test
    void triggerRefusedWhenSentAloneIsRefused() {
        SendOutcome refused = new SendOutcome.Refused("invalid");

        BatchDelivery.Result result =
                new Dispatch(new Alone(refused, refused), Duration.ofSeconds(30)).deliver("changed", ROWS);

        assertThat(result.sent()).extracting(BatchDelivery.Sent::outcome).containsExactly(refused, refused);
    }

    @Test
    void triggerThatCannotBeSentAloneIsNotRefused() {
        Alone sender = new Alone(new SendOutcome.Refused("invalid"), new SendOutcome.Unreachable("away"));

        BatchDelivery.Result result = new Dispatch(sender, Duration.ofSeconds(30)).deliver("changed", ROWS);

        // each further send would block the thread as long as the first
        assertThat(sender.alone).containsExactly("a");
        assertThat(result.having(SendOutcome.Unreachable.class)).hasSize(1);
        assertThat(result.having(SendOutcome.Refused.class)).isEmpty();
        assertThat(result.untried()).containsExactlyElementsOf(ROWS.subList(1, 3));
    }

    @Test
    void triggersAreUntriedWhenSingleSenderIsBusy() {
        Alone sender = new Alone(new SendOutcome.Refused("invalid"), null);

        BatchDelivery.Result result = new Dispatch(sender, Duration.ofSeconds(30)).deliver("changed", ROWS);

        assertThat(sender.alone).containsExactly("a");
        assertThat(result.sent()).isEmpty();
        assertThat(result.untried()).containsExactlyElementsOf(ROWS);
    }

    @Test
    void singleSendsShareADeadlineOfFiveSeconds() {
        List<Claimed> rows = new ArrayList<>();
        for (int row = 0; row < 1_000; row++) {
            rows.add(new Claimed(row, 0, OutgoingTrigger.of("changed", "p-" + row), 0));
        }
        Alone sender = new Alone(new SendOutcome.Refused("invalid"), new SendOutcome.Acknowledged());
        sender.takes = Duration.ofSeconds(2);

        BatchDelivery.Result result =
                new Dispatch(sender, Duration.ofSeconds(30), () -> sender.now).deliver("changed", rows);

        assertThat(sender.timeouts)
                .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(1));
        assertThat(result.having(SendOutcome.Acknowledged.class)).hasSize(3);
        assertThat(result.untried()).containsExactlyElementsOf(rows.subList(3, 1_000));
    }

    @Test
    void unreachableTriggersAreNotSentAlone() {
        Alone sender = new Alone(new SendOutcome.Unreachable("away", "partition 1"), new SendOutcome.Acknowledged());

        new Dispatch(sender, Duration.ofSeconds(30)).deliver("changed", ROWS);

        assertThat(sender.alone).isEmpty();
    }

    @Test
    void unavailablePartitionDoesNotStopTheBatch() {
        FakeSender sender = new FakeSender();
        sender.byId.put("a", new SendOutcome.Unreachable("no leader", "partition 1"));

        BatchDelivery.Result result = new Dispatch(sender, Duration.ofSeconds(30)).deliver("changed", ROWS);

        assertThat(result.untried()).isEmpty();
        assertThat(result.having(SendOutcome.Acknowledged.class)).hasSize(1);
    }

    /** Answers batch sends with one outcome, and single sends with another, or not at all. */
    private static final class Alone implements TriggerSender {

        final List<String> alone = new ArrayList<>();
        final List<Duration> timeouts = new ArrayList<>();
        Duration takes = Duration.ZERO;
        long now;
        private final SendOutcome together;
        private final @Nullable SendOutcome single;

        Alone(SendOutcome together, @Nullable SendOutcome single) {
            this.together = together;
            this.single = single;
        }

        @Override
        public CompletableFuture<SendOutcome> send(OutgoingTrigger trigger) {
            return CompletableFuture.completedFuture(together);
        }

        @Override
        public Optional<CompletableFuture<SendOutcome>> sendAlone(OutgoingTrigger trigger, Duration atMost) {
            alone.add(trigger.id());
            timeouts.add(atMost);
            now += takes.toNanos();
            return Optional.ofNullable(single).map(CompletableFuture::completedFuture);
        }
    }
}

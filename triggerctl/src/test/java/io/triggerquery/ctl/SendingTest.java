package io.triggerquery.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.ctl.source.SendBatch;
import io.triggerquery.producer.internal.relay.BatchDelivery;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.relay.Dispatch;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SendingTest {

    private long now;
    private final List<String> attempts = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Waiting waiting = new Waiting();
    private SendOutcome outcome = new SendOutcome.Acknowledged();
    private int failing;
    private final BatchDelivery delivery = new Dispatch(
            trigger -> {
                attempts.add(trigger.id() + "@" + Duration.ofNanos(now).toMillis());
                boolean refused = trigger.id().startsWith("refused");
                SendOutcome sent = refused ? new SendOutcome.Refused("too large") : failing-- > 0 ? outcome : ack();
                return CompletableFuture.completedFuture(sent);
            },
            Duration.ofSeconds(1));

    /** Waiting, sent and refused triggers. */
    private static final class Waiting implements SendBatch {

        private final Deque<Claimed> rows = new ArrayDeque<>();
        private final List<String> sent = new ArrayList<>();
        private final List<String> refused = new ArrayList<>();

        void add(String id) {
            rows.add(new Claimed(rows.size(), 0, OutgoingTrigger.of("changed", id), 0));
        }

        @Override
        public List<Claimed> next(String destination, int ids) {
            List<Claimed> next = new ArrayList<>();
            while (next.size() < ids && !rows.isEmpty()) {
                next.add(rows.remove());
            }
            return next;
        }

        @Override
        public void sent(List<Claimed> entries) {
            entries.forEach(entry -> sent.add(entry.trigger().id()));
        }

        @Override
        public void refused(List<Claimed> entries, String reason) {
            entries.forEach(entry -> refused.add(entry.trigger().id()));
        }

        @Override
        public void putBack(List<Claimed> entries) {
            for (int n = entries.size() - 1; n >= 0; n--) {
                rows.addFirst(entries.get(n));
            }
        }
    }

    @Test
    void rateIsNotExceededInAnySecond() {
        IntStream.range(0, 35).forEach(n -> waiting.add("p-" + n));

        sending(10).send(waiting, "changed");

        assertThat(waiting.sent).hasSize(35);
        List<Long> times = attempts.stream()
                .map(attempt -> Long.valueOf(attempt.substring(attempt.indexOf('@') + 1)))
                .toList();
        assertThat(times)
                .allSatisfy(start -> assertThat(times)
                        .filteredOn(time -> time >= start && time < start + 1_000)
                        .hasSizeLessThanOrEqualTo(10));
        assertThat(times.get(34)).isEqualTo(3_400);
    }

    @Test
    void slowProducerIsRetriedAfterAPause() {
        waiting.add("p-1");
        failing = 4;
        outcome = new SendOutcome.Unreachable("no metadata");
        Sending sending = sending(100);

        sending.send(waiting, "changed");

        assertThat(attempts).containsExactly("p-1@0", "p-1@2000", "p-1@4000", "p-1@6000", "p-1@8000");
        assertThat(sending.sent()).isEqualTo(1);
        assertThat(problems).isEmpty();
    }

    @Test
    void sendingWithoutBrokerGivesUpAndKeepsAllTriggers() {
        IntStream.range(0, 50).forEach(n -> waiting.add("p-" + n));
        failing = Integer.MAX_VALUE;
        outcome = new SendOutcome.Unreachable("no metadata");
        Sending sending = sending(100);

        sending.send(waiting, "changed");

        assertThat(attempts).hasSize(5).allMatch(attempt -> attempt.startsWith("p-0@"));
        assertThat(waiting.rows)
                .hasSize(50)
                .first()
                .matches(row -> row.trigger().id().equals("p-0"));
        assertThat(problems)
                .singleElement()
                .asString()
                .contains("changed: given up")
                .contains("no metadata");
    }

    @Test
    void blockedDestinationIsGivenUpAtOnce() {
        waiting.add("p-1");
        failing = Integer.MAX_VALUE;
        outcome = new SendOutcome.Blocked("access denied");

        sending(100).send(waiting, "changed");

        assertThat(attempts).containsExactly("p-1@0");
        assertThat(problems).containsExactly("changed: given up: access denied");
    }

    @Test
    void refusedTriggerIsNamedAndDoesNotDelayOthers() {
        waiting.add("refused-1");
        waiting.add("p-1");
        Sending sending = sending(100);

        sending.send(waiting, "changed");

        assertThat(waiting.refused).containsExactly("refused-1");
        assertThat(waiting.sent).containsExactly("p-1");
        assertThat(sending.sent()).isEqualTo(1);
        assertThat(sending.refused()).isEqualTo(1);
        assertThat(problems).containsExactly("changed refused-1 is refused: too large");
    }

    private static SendOutcome ack() {
        return new SendOutcome.Acknowledged();
    }

    private Sending sending(int rate) {
        return new Sending(delivery, new Pace(rate, () -> now, pause -> now += pause.toNanos()), problems::add);
    }
}

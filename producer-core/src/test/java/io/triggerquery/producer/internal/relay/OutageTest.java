package io.triggerquery.producer.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.internal.queue.TriggerQueue;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.TriggerSender;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Long outages in virtual time. Everything except Kafka is real. */
class OutageTest {

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int DRAIN_PER_SECOND = 1_000;
    private static final RetrySchedule SCHEDULE = new RetrySchedule(
            LongStream.of(5, 10, 20, 40, 80, 160, 320)
                    .mapToObj(Duration::ofSeconds)
                    .toList(),
            Duration.ofMinutes(5),
            0,
            () -> 0.5);

    private long now;
    private long backAt = Long.MAX_VALUE;
    private int rounds;
    private final List<String> alarms = new ArrayList<>();
    // number of sends by second
    private final TreeMap<Long, Integer> attempts = new TreeMap<>();
    private final TriggerQueue queue = new TriggerQueue(200_000, () -> now, () -> Instant.EPOCH);
    private final TriggerSender sender = trigger -> {
        attempts.merge(Duration.ofNanos(now).toSeconds(), 1, Integer::sum);
        return CompletableFuture.completedFuture(
                now < backAt ? new SendOutcome.Unreachable("away") : new SendOutcome.Acknowledged());
    };
    private final RelayListener listener = new RelayListener() {
        @Override
        public void outage(String destination, String cause) {
            alarms.add("outage at " + Duration.ofNanos(now).toSeconds() + " s");
        }

        @Override
        public void recovered(String destination, Duration outage) {
            alarms.add("recovered after " + outage.toSeconds() + " s");
        }
    };
    private DestinationWorker worker = worker();
    private RelayPass round = round(worker);

    @Test
    void allTriggersAreSentAfterOutageWithOneTriggerPerProbe() {
        publish(50);
        backAt = seconds(1_800);

        runUntil(1_834);
        assertThat(attempts.keySet()).containsExactly(0L, 5L, 15L, 35L, 75L, 155L, 315L, 635L, 935L, 1_235L, 1_535L);
        assertThat(attempts.values()).containsOnly(1);

        runUntil(1_840);
        assertThat(queue.backlog().pending()).isZero();
        assertThat(worker.backoff().state()).isEqualTo(DestinationState.OPEN);
        assertThat(alarms).containsExactly("outage at 5 s", "recovered after 1835 s");
    }

    @Test
    void publishingAgainDoesNotChangeTheRetrySchedule() {
        backAt = seconds(1_000_000);
        for (int minute = 0; minute < 60; minute++) {
            publish(1);
            runUntil(60 * (minute + 1) - 1);
        }

        assertThat(attempts.headMap(1_300L).keySet())
                .containsExactly(0L, 5L, 15L, 35L, 75L, 155L, 315L, 635L, 935L, 1_235L);
        assertThat(attempts.values()).containsOnly(1);
    }

    @Test
    void hundredThousandTriggersAreDrainedAtBoundedRate() {
        publish(100_000);
        backAt = seconds(1_800);

        runUntil(2_000);

        assertThat(queue.backlog().pending()).isZero();
        assertThat(Collections.max(attempts.values())).isBetween(DRAIN_PER_SECOND, DRAIN_PER_SECOND + 100);
        assertThat(attempts.lastKey()).isBetween(1_835L + 99, 1_835L + 101);
    }

    @Test
    void triggersPublishedDuringADrainAreNotDelayed() {
        backAt = 0;
        publish(3_000);
        restart();
        for (int second = 1; second <= 30; second++) {
            publish(DRAIN_PER_SECOND * 3 / 2);
            runUntil(second);
        }

        assertThat(worker.state()).isEqualTo(DestinationState.OPEN);
        assertThat(queue.backlog().pending()).isLessThan(DRAIN_PER_SECOND * 3);
    }

    @Test
    void restartDuringOutageDrainsAtBoundedRate() {
        publish(20_000);
        backAt = seconds(1_800);
        runUntil(1_700);

        restart();
        runUntil(1_900);

        assertThat(queue.backlog().pending()).isZero();
        assertThat(attempts.tailMap(1_800L).values()).allMatch(n -> n <= DRAIN_PER_SECOND + 100);
        assertThat(worker.state()).isEqualTo(DestinationState.OPEN);
    }

    @Test
    void restartAfterOutageDrainsAtBoundedRate() {
        publish(20_000);
        backAt = 0;

        restart();
        runUntil(1);
        assertThat(worker.state()).isEqualTo(DestinationState.DRAINING);
        runUntil(30);

        assertThat(queue.backlog().pending()).isZero();
        assertThat(Collections.max(attempts.values())).isBetween(DRAIN_PER_SECOND, DRAIN_PER_SECOND + 100);
    }

    @Test
    void eachInstanceDrainsAtItsOwnRate() {
        publish(20_000);
        backAt = 0;
        restart();
        RelayPass other = round(worker());
        other.startDrain();

        while (now <= seconds(4)) {
            long pause = Math.min(
                    round.run(() -> true, POLL).toNanos(),
                    other.run(() -> true, POLL).toNanos());
            now += Math.max(pause, Duration.ofMillis(1).toNanos());
        }

        assertThat(attempts.get(2L)).isBetween(2 * DRAIN_PER_SECOND - 200, 2 * DRAIN_PER_SECOND + 200);
    }

    @Test
    void triggersPublishedDuringDrainAreSentOnce() {
        publish(5_000);
        backAt = seconds(100);
        runUntil(155);
        for (int n = 0; n < 5_000; n++) {
            queue.add(OutgoingTrigger.of("changed", "late" + n), Duration.ZERO);
        }

        runUntil(200);

        assertThat(queue.backlog().pending()).isZero();
        assertThat(attempts.headMap(155L).values()).containsOnly(1);
        assertThat(attempts.tailMap(155L).values().stream().mapToInt(n -> n).sum())
                .isEqualTo(10_000);
    }

    @Test
    void finishedDrainReturnsToNormalPolling() {
        // two whole shares, so that only the pass after them finds nothing
        publish(1 + 2 * DRAIN_PER_SECOND / 10);
        backAt = seconds(1);
        runUntil(6);
        int before = rounds;

        runUntil(16);

        assertThat(queue.backlog().pending()).isZero();
        assertThat(worker.backoff().state()).isEqualTo(DestinationState.OPEN);
        assertThat(rounds - before).isEqualTo(10);
    }

    @Test
    void unavailableDestinationWithoutTriggersUsesNormalPolling() {
        publish(1);
        runUntil(4);
        // as if another instance had sent it
        queue.removeOlderThan(Duration.ZERO);
        int before = rounds;

        runUntil(14);

        assertThat(worker.backoff().state()).isEqualTo(DestinationState.AWAY);
        assertThat(rounds - before).isBetween(9, 11);
    }

    @Test
    void operatorRetryEndsThePause() {
        publish(3);
        runUntil(700);
        backAt = 0;

        round.retryAll();
        runUntil(702);

        assertThat(queue.backlog().pending()).isZero();
    }

    @Test
    void operatorRetryDuringOutageMakesOneAttempt() {
        publish(3);
        runUntil(700);
        attempts.clear();

        round.retryAll();
        runUntil(710);

        assertThat(attempts.values()).containsExactly(1);
    }

    private void publish(int triggers) {
        for (int n = 0; n < triggers; n++) {
            queue.add(OutgoingTrigger.of("changed", "p" + n), Duration.ZERO);
        }
    }

    private void runUntil(long second) {
        while (now <= seconds(second)) {
            rounds++;
            now += Math.max(
                    round.run(() -> true, POLL).toNanos(), Duration.ofMillis(1).toNanos());
        }
    }

    private void restart() {
        worker = worker();
        round = round(worker);
        round.startDrain();
    }

    private DestinationWorker worker() {
        return new DestinationWorker(
                "changed",
                queue,
                inline(new Dispatch(sender, Duration.ofSeconds(30))),
                new RelaySettings(POLL, 500, Duration.ofSeconds(30), SCHEDULE, DRAIN_PER_SECOND, Duration.ZERO),
                backoff(),
                listener);
    }

    private RelayPass round(DestinationWorker worked) {
        return new RelayPass(
                queue,
                List.of(worked),
                new StoreFailures("queue", RelayListener.NONE, () -> now, RetrySchedule::randomFraction),
                new UnconfiguredDestinations("queue", backoff(), RelayListener.NONE));
    }

    private RelayBackoff backoff() {
        return new RelayBackoff(SCHEDULE, DRAIN_PER_SECOND, () -> now);
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    private static Deliveries inline(BatchDelivery delivery) {
        return InlineExecutor.deliveries(delivery);
    }
}

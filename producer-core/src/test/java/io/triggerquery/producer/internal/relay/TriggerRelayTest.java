package io.triggerquery.producer.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.producer.internal.queue.MemoryBuffer;
import io.triggerquery.producer.internal.queue.TriggerQueue;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.TriggerSender;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Uses real threads. Every pause is an hour, so that nothing happens without a request. */
@Timeout(10)
class TriggerRelayTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final SendOutcome AWAY = new SendOutcome.Unreachable("away");

    private final LinkedBlockingQueue<String> tried = new LinkedBlockingQueue<>();
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private volatile SendOutcome answer = new SendOutcome.Acknowledged();
    private volatile boolean hangs;
    private final TriggerSender sender = trigger -> {
        // read before the test can see the attempt and change the answer
        SendOutcome outcome = answer;
        tried.add(trigger.id());
        if (hangs) {
            await(mayAnswer);
        }
        return CompletableFuture.completedFuture(outcome);
    };
    private final TriggerQueue queue = new TriggerQueue(100, System::nanoTime, Clock.systemUTC());
    private final LinkedBlockingQueue<String> reported = new LinkedBlockingQueue<>();
    private final TriggerRelay relay = relay(HOUR, new RelayListener() {
        @Override
        public void failed(String destination, Reason reason, int triggers) {
            reported.add(destination);
        }
    });
    private final MemoryBuffer buffer = new MemoryBuffer(queue, relay::wakeUp);

    @AfterEach
    void end() {
        mayAnswer.countDown();
        relay.stop();
    }

    @Test
    void stopRetriesPostponedTriggersOnce() throws InterruptedException {
        answer = AWAY;
        publishAndAwaitFirstAttempt("a", "b");
        awaitEndOfPass();

        relay.stop();

        assertThat(queue.backlog().pending()).isZero();
    }

    @Test
    void stopDrainsTheBacklog() throws InterruptedException {
        answer = AWAY;
        publishAndAwaitFirstAttempt("first");
        for (int n = 0; n < 35; n++) {
            keep("p" + n);
        }
        awaitEndOfPass();

        relay.stop();

        assertThat(queue.backlog().pending()).isZero();
        assertThat(relay.destinationStates()).containsEntry("changed", DestinationState.OPEN);
    }

    @Test
    void stopIsNotDelayedByUnavailableDestination() throws InterruptedException {
        answer = AWAY;
        publishAndAwaitFirstAttempt("a", "b");
        tried.clear();

        relay.stop();

        assertThat(tried).hasSize(1);
        assertThat(queue.backlog().pending()).isEqualTo(2);
        assertThat(relay.isRunning()).isFalse();
    }

    @Test
    void stopWithoutDrainSendsNothingAndDoesNotWait() throws InterruptedException {
        TriggerRelay relayWithoutDrain = relay(Duration.ZERO, RelayListener.NONE);
        answer = AWAY;
        keep("a");
        relayWithoutDrain.start();
        tried.take();

        relayWithoutDrain.stop();

        assertThat(tried).isEmpty();
        assertThat(relayWithoutDrain.isRunning()).isFalse();
    }

    @Test
    void triggersKeptBeforeTheStartAreSent() throws InterruptedException {
        keep("a");

        relay.start();

        assertThat(tried.take()).isEqualTo("a");
    }

    @Test
    void operatorRetrySendsToUnavailableDestination() throws InterruptedException {
        answer = AWAY;
        publishAndAwaitFirstAttempt("a");
        awaitEndOfPass();

        assertThat(relay.retry("changed", null)).isEqualTo(1);

        assertThat(tried.take()).isEqualTo("a");
    }

    @Test
    void operatorRetryEndsThePauseOfFailingStore() {
        FakeStore store = new FakeStore(System::nanoTime);
        store.breakDown();
        TriggerRelay failing = relay(store, Duration.ZERO, RelayListener.NONE);
        failing.start();
        try {
            // without the retries, the pauses would exceed the timeout of this test
            for (int attempts = 1; attempts < 8; attempts++) {
                while (store.claims.size() < attempts) {
                    Thread.onSpinWait();
                }
                assertThatThrownBy(() -> failing.retry("changed", null)).hasMessage("no database");
            }
        } finally {
            failing.stop();
        }
    }

    @Test
    void unparkedTriggerIsSentAtOnce() throws InterruptedException {
        answer = new SendOutcome.Refused("too large");
        publishAndAwaitFirstAttempt("a");
        awaitEndOfPass();

        assertThat(relay.unpark("changed", "a")).isEqualTo(1);

        assertThat(tried.take()).isEqualTo("a");
    }

    @Test
    void unparkedTriggersAreSentAtBoundedRate() throws InterruptedException {
        for (int n = 0; n < 50; n++) {
            keep("p" + n);
        }
        queue.park(queue.claim("changed", 50, HOUR), "for the test");
        relay.start();
        queue.add(OutgoingTrigger.of("other", "next"), Duration.ZERO);
        relay.wakeUp();
        assertThat(tried.take()).isEqualTo("next");
        hangs = true;

        relay.unpark("changed", null);

        assertThat(tried.take()).startsWith("p");
        assertThat(relay.destinationStates()).containsEntry("changed", DestinationState.DRAINING);
    }

    @Test
    void hangingDestinationDoesNotDelayAnother() throws InterruptedException {
        hangs = true;
        publishAndAwaitFirstAttempt("a");
        hangs = false;

        queue.add(OutgoingTrigger.of("other", "next"), Duration.ZERO);
        relay.wakeUp();

        assertThat(tried.take()).isEqualTo("next");
    }

    @Test
    void triggerPublishedDuringASendIsSentAfterIt() throws InterruptedException {
        hangs = true;
        publishAndAwaitFirstAttempt("a");
        keep("b");
        // the relay has run a pass: the trigger of the other destination is claimed in the same pass
        queue.add(OutgoingTrigger.of("other", "next"), Duration.ZERO);
        relay.wakeUp();
        assertThat(tried.take()).isEqualTo("next");

        mayAnswer.countDown();

        assertThat(tried.take()).isEqualTo("b");
    }

    @Test
    void hangingSendDoesNotBlockPublishers() throws InterruptedException {
        hangs = true;
        publishAndAwaitFirstAttempt("a");

        // returns although the relay's thread is blocked
        keep("b");

        assertThat(tried).isEmpty();
        mayAnswer.countDown();
        assertThat(tried.take()).isEqualTo("b");
    }

    @Test
    void listenerExceptionIsIgnored() throws InterruptedException {
        TriggerRelay observed = relay(HOUR, new RelayListener() {
            @Override
            public void sent(String destination, int triggers) {
                throw new IllegalStateException("for the test");
            }
        });
        keep("a");
        observed.start();
        assertThat(tried.take()).isEqualTo("a");

        observed.stop();

        assertThat(tried).isEmpty();
        assertThat(queue.backlog().pending()).isZero();
    }

    private void publishAndAwaitFirstAttempt(String... ids) throws InterruptedException {
        relay.start();
        for (String id : ids) {
            keep(id);
        }
        assertThat(tried.take()).isEqualTo(ids[0]);
    }

    /** Waits until a pass has settled the reported failure, by sending an entry of another destination after it. */
    private void awaitEndOfPass() throws InterruptedException {
        assertThat(reported.take()).isEqualTo("changed");
        tried.clear();
        answer = new SendOutcome.Acknowledged();
        queue.add(OutgoingTrigger.of("other", "next"), Duration.ZERO);
        relay.wakeUp();
        assertThat(tried.take()).isEqualTo("next");
    }

    private void keep(String id) {
        buffer.keep(List.of(OutgoingTrigger.of("changed", id)));
    }

    private TriggerRelay relay(Duration drainOnStop, RelayListener listener) {
        return relay(queue, drainOnStop, listener);
    }

    private TriggerRelay relay(TriggerStore store, Duration drainOnStop, RelayListener listener) {
        RetrySchedule schedule = new RetrySchedule(List.of(), HOUR, 0, () -> 0.5);
        RelaySettings settings = new RelaySettings(HOUR, 10, HOUR, schedule, 100, drainOnStop);
        return new TriggerRelay(
                "relay-of-the-test", store, new Dispatch(sender, HOUR), Set.of("changed", "other"), settings, listener);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

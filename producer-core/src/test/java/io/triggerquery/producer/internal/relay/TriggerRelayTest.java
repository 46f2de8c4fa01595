package io.triggerquery.producer.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.producer.internal.queue.MemoryBuffer;
import io.triggerquery.producer.internal.queue.TriggerQueue;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
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

/** With real threads; every pause is an hour, so that only what is asked for happens. */
@Timeout(10)
class TriggerRelayTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final SendOutcome AWAY = new SendOutcome.Unreachable("away");

    private final LinkedBlockingQueue<String> tried = new LinkedBlockingQueue<>();
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private volatile SendOutcome answer = new SendOutcome.Acknowledged();
    private volatile boolean hangs;
    private final TriggerSender sender = trigger -> {
        // before the test hears of the try and changes it
        SendOutcome outcome = answer;
        tried.add(trigger.id());
        if (hangs) {
            await(mayAnswer);
        }
        return CompletableFuture.completedFuture(outcome);
    };
    private final TriggerQueue queue = new TriggerQueue(100, System::nanoTime, Clock.systemUTC());
    private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final TriggerRelay relay = relay(HOUR, new RelayListener() {
        @Override
        public void failed(String destination, Reason reason, int triggers) {
            told.add(destination);
        }
    });
    private final MemoryBuffer buffer = new MemoryBuffer(queue, relay::wakeUp);

    @AfterEach
    void end() {
        mayAnswer.countDown();
        relay.stop();
    }

    @Test
    void aStopTriesOnceMoreWhatWasPutOff() throws InterruptedException {
        answer = AWAY;
        publishAndAwaitTheFirstTry("a", "b");
        awaitTheEndOfTheLook();

        relay.stop();

        assertThat(queue.backlog().pending()).isZero();
    }

    @Test
    void aStopDrainsWhatHasGathered() throws InterruptedException {
        answer = AWAY;
        publishAndAwaitTheFirstTry("first");
        for (int n = 0; n < 35; n++) {
            keep("p" + n);
        }
        awaitTheEndOfTheLook();

        relay.stop();

        assertThat(queue.backlog().pending()).isZero();
        assertThat(relay.destinationStates()).containsEntry("changed", DestinationState.OPEN);
    }

    @Test
    void aStopIsNotHeldUpByADestinationThatStaysAway() throws InterruptedException {
        answer = AWAY;
        publishAndAwaitTheFirstTry("a", "b");
        tried.clear();

        relay.stop();

        assertThat(tried).hasSize(1);
        assertThat(queue.backlog().pending()).isEqualTo(2);
        assertThat(relay.isRunning()).isFalse();
    }

    @Test
    void aStopWithoutADrainTriesNothingAndDoesNotWaitForTheNextPoll() throws InterruptedException {
        TriggerRelay hasty = relay(Duration.ZERO, RelayListener.NONE);
        answer = AWAY;
        keep("a");
        hasty.start();
        tried.take();

        hasty.stop();

        assertThat(tried).isEmpty();
        assertThat(hasty.isRunning()).isFalse();
    }

    @Test
    void whatWaitedBeforeTheStartIsSent() throws InterruptedException {
        keep("a");

        relay.start();

        assertThat(tried.take()).isEqualTo("a");
    }

    @Test
    void anOperatorsRetryTriesADestinationThatIsAway() throws InterruptedException {
        answer = AWAY;
        publishAndAwaitTheFirstTry("a");
        awaitTheEndOfTheLook();

        assertThat(relay.retry("changed", null)).isEqualTo(1);

        assertThat(tried.take()).isEqualTo("a");
    }

    @Test
    void anOperatorsRetryEndsThePauseOfAStoreThatFails() {
        FakeStore store = new FakeStore(System::nanoTime);
        store.breakDown();
        TriggerRelay failing = relay(store, Duration.ZERO, RelayListener.NONE);
        failing.start();
        try {
            // by themselves so many tries take longer than this test may
            for (int tries = 1; tries < 8; tries++) {
                while (store.claims.size() < tries) {
                    Thread.onSpinWait();
                }
                assertThatThrownBy(() -> failing.retry("changed", null)).hasMessage("no database");
            }
        } finally {
            failing.stop();
        }
    }

    @Test
    void anOperatorsUnparkingSendsAtOnce() throws InterruptedException {
        answer = new SendOutcome.Refused("too large");
        publishAndAwaitTheFirstTry("a");
        awaitTheEndOfTheLook();

        assertThat(relay.unpark("changed", "a")).isEqualTo(1);

        assertThat(tried.take()).isEqualTo("a");
    }

    @Test
    void whatWasUnparkedIsSentAtTheBoundedRate() throws InterruptedException {
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
    void aDestinationThatHangsDoesNotHoldUpAnother() throws InterruptedException {
        hangs = true;
        publishAndAwaitTheFirstTry("a");
        hangs = false;

        queue.add(OutgoingTrigger.of("other", "next"), Duration.ZERO);
        relay.wakeUp();

        assertThat(tried.take()).isEqualTo("next");
    }

    @Test
    void whatIsPublishedDuringASendIsSentAfterIt() throws InterruptedException {
        hangs = true;
        publishAndAwaitTheFirstTry("a");
        keep("b");
        // the relay has looked: the other destination's is claimed in the same look
        queue.add(OutgoingTrigger.of("other", "next"), Duration.ZERO);
        relay.wakeUp();
        assertThat(tried.take()).isEqualTo("next");

        mayAnswer.countDown();

        assertThat(tried.take()).isEqualTo("b");
    }

    @Test
    void aSendThatHangsHoldsNobodyWhoPublishes() throws InterruptedException {
        hangs = true;
        publishAndAwaitTheFirstTry("a");

        // returns, though the relay's thread is held
        keep("b");

        assertThat(tried).isEmpty();
        mayAnswer.countDown();
        assertThat(tried.take()).isEqualTo("b");
    }

    @Test
    void aListenerThatThrowsChangesNothing() throws InterruptedException {
        TriggerRelay told = relay(HOUR, new RelayListener() {
            @Override
            public void sent(String destination, int triggers) {
                throw new IllegalStateException("for the test");
            }
        });
        keep("a");
        told.start();
        assertThat(tried.take()).isEqualTo("a");

        told.stop();

        assertThat(tried).isEmpty();
        assertThat(queue.backlog().pending()).isZero();
    }

    private void publishAndAwaitTheFirstTry(String... ids) throws InterruptedException {
        relay.start();
        for (String id : ids) {
            keep(id);
        }
        assertThat(tried.take()).isEqualTo(ids[0]);
    }

    /** An entry of another destination that comes after a failure was told is claimed after that has been settled. */
    private void awaitTheEndOfTheLook() throws InterruptedException {
        assertThat(told.take()).isEqualTo("changed");
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

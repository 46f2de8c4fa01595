package io.triggerquery.producer.internal.remote;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.triggerquery.producer.LogCapture;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.Registration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ActivationsTest {

    private final FakeRelayService service = new FakeRelayService();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<Integer> left = new ArrayList<>();
    private final Activations activations = new Activations(new RelayServiceClient(service), left::add, pauses::add);

    @Test
    void activateDoesNotCallTheServiceOnTheCallersThread() {
        activations.activate(registrations(3));

        assertThat(service.calls).isEmpty();
    }

    @Test
    void activationsOfSeveralTransactionsAreSentInOneCall() throws InterruptedException {
        activations.activate(registrations(1));
        activations.activate(registrations(2));

        activations.sendAll();

        assertThat(service.calls).containsExactly(3);
        assertThat(left).isEmpty();
    }

    @Test
    void failedCallIsRetriedThreeTimes() throws InterruptedException {
        activations.activate(registrations(1));
        service.failures = 3;

        activations.sendAll();

        assertThat(service.activated).hasSize(1);
        assertThat(pauses).containsExactly(Duration.ofMillis(200), Duration.ofMillis(800), Duration.ofMillis(3_200));
        assertThat(left).isEmpty();
    }

    @Test
    void activationIsLeftToTheServiceAfterLastRetry() throws InterruptedException {
        activations.activate(registrations(2));
        service.failures = 4;

        try (LogCapture log = LogCapture.of(Activations.class)) {
            activations.sendAll();
            assertThat(log.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .endsWith("by itself: the relay service is not available: no relay service");
        }

        assertThat(service.calls).hasSize(4);
        assertThat(left).containsExactly(2);
        // and the registrations are dropped here
        activations.sendAll();
        assertThat(service.calls).hasSize(4);
    }

    @Test
    void activationsBeyondTheLimitAreLeftToTheService() {
        activations.activate(registrations(Activations.MAX_WAITING + 3));

        assertThat(left).containsExactly(3);
    }

    @Test
    void failedCancellationIsNotRetried() throws InterruptedException {
        activations.cancel(registrations(2));
        service.failures = 1;

        activations.sendAll();

        assertThat(service.calls).containsExactly(2);
        assertThat(left).isEmpty();
        assertThat(pauses).isEmpty();
    }

    @Test
    void activationsAreSentOnTheirOwnThread() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        List<String> threads = new ArrayList<>();
        service.whileCalled = () -> {
            threads.add(Thread.currentThread().getName());
            called.countDown();
        };
        activations.start();

        activations.activate(registrations(1));

        assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
        activations.stop();
        assertThat(threads).containsExactly("trigger-activations");
    }

    @Test
    void stopSendsWaitingActivations() {
        activations.activate(registrations(1));
        activations.start();

        activations.stop();

        assertThat(service.activated).hasSize(1);
        assertThat(activations.isRunning()).isFalse();
    }

    private static List<Registration> registrations(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> new Registration(UUID.randomUUID(), OutgoingTrigger.of("changed", "p-" + n)))
                .toList();
    }
}

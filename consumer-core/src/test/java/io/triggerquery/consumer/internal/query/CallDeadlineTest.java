package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.FailureKind;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deadlines of calls by the application's own clients that never end by themselves. */
@Timeout(60)
class CallDeadlineTest {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final CallDeadline deadline = new CallDeadline("things", Duration.ofMillis(20), timer);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void blockingCallIsInterruptedAndInterruptIsCleared() {
        assertThatThrownBy(() -> deadline.run(() -> {
                            new CountDownLatch(1).await();
                            return "never";
                        })
                        .toCompletableFuture()
                        .get())
                .hasCauseInstanceOf(CallDeadlineException.class)
                .hasMessageContaining("A call of the source things did not end within 20 ms")
                .hasRootCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void remainingInterruptIsClearedAfterCall() {
        assertThatThrownBy(() -> deadline.run(() -> {
                            while (!Thread.currentThread().isInterrupted()) {
                                Thread.onSpinWait();
                            }
                            throw new IOException("closed by an interrupt");
                        })
                        .toCompletableFuture()
                        .get())
                .hasCauseInstanceOf(CallDeadlineException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void incompleteFutureIsCancelled() {
        var never = new CompletableFuture<Object>();
        assertThatThrownBy(() -> deadline.run(() -> never).toCompletableFuture().get())
                .hasCauseInstanceOf(CallDeadlineException.class);
        assertThatThrownBy(() -> never.get(10, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
    }

    @Test
    void exceededDeadlineIsUnavailableAndNotRepeated() {
        var failure = new CallDeadlineException("things", Duration.ofMinutes(1), null);
        assertThat(new Failures(List.of()).kindOf(failure)).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(Failures.isImmediatelyRetryable(failure)).isFalse();
    }

    @Test
    void resultsAndFailuresAreNotWrapped() {
        var closed = new IOException("closed");
        assertThat(deadline.run(() -> "state").toCompletableFuture()).isCompletedWithValue("state");
        assertThat(deadline.run(() -> CompletableFuture.completedFuture("state"))
                        .toCompletableFuture())
                .isCompletedWithValue("state");
        assertThatThrownBy(() -> deadline.run(() -> {
                            throw new UndeclaredThrowableException(closed);
                        })
                        .toCompletableFuture()
                        .get())
                .hasCause(closed);
        assertThat(timer.getQueue()).as("no timer is left").allMatch(task -> ((Future<?>) task).isCancelled());
    }
}

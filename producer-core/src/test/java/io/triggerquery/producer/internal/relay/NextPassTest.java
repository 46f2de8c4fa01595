package io.triggerquery.producer.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long the next pass has been overdue. */
class NextPassTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private long now = Duration.ofDays(-1).toNanos(); // as System.nanoTime() may be

    /** Runs nothing, because every task is due in an hour of real time. */
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);

    private final NextPass nextPass = new NextPass(new VirtualTime(), () -> {});

    @AfterEach
    void stop() {
        thread.shutdownNow();
    }

    private final class VirtualTime implements RelayRuntime {

        @Override
        public String name() {
            return "relay";
        }

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public ScheduledExecutorService newThread() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ExecutorService newSenders() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean await(CountDownLatch latch, Duration timeout) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void passIsNotOverdueBeforeItsTime() {
        nextPass.scheduleWithin(HOUR, thread);
        assertThat(nextPass.overdue()).isZero();
        now += HOUR.toNanos();
        assertThat(nextPass.overdue()).isZero();
    }

    @Test
    void overdueTimeOfAHangingPassGrows() {
        nextPass.scheduleWithin(HOUR, thread);
        now += HOUR.plusSeconds(30).toNanos();
        assertThat(nextPass.overdue()).isEqualTo(Duration.ofSeconds(30));
        now += Duration.ofSeconds(30).toNanos();
        assertThat(nextPass.overdue()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void passIsNotOverdueAfterRescheduling() {
        nextPass.scheduleWithin(Duration.ofMinutes(30), thread);
        now += HOUR.toNanos();
        nextPass.reset();
        nextPass.scheduleWithin(HOUR, thread);
        assertThat(nextPass.overdue()).isZero();
    }

    @Test
    void loopThatNeverStartedIsOverdueSinceItsCreation() {
        now += HOUR.toNanos();
        assertThat(nextPass.overdue()).isEqualTo(HOUR);
    }
}

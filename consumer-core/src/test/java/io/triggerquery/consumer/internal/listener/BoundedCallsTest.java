package io.triggerquery.consumer.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BoundedCallsTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(5);

    private final BoundedCalls calls = new BoundedCalls("calls");

    @Test
    void returnsResultOrThrowsFailureOfTheCall() throws Exception {
        assertThat(calls.run(() -> 7, LONG)).isEqualTo(7);
        assertThatThrownBy(() -> calls.run(
                        () -> {
                            throw new IllegalStateException("no");
                        },
                        LONG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no");
        assertThatThrownBy(() -> calls.run(
                        () -> {
                            throw new StackOverflowError();
                        },
                        LONG))
                .hasCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void hangingCallIsInterruptedAtDeadline() {
        var interrupted = new AtomicBoolean();
        while (!interrupted.get()) { // a late thread finds its call cancelled
            assertThatThrownBy(() -> calls.run(
                            () -> {
                                try {
                                    new CountDownLatch(1).await();
                                    return 0;
                                } catch (InterruptedException atDeadline) {
                                    interrupted.set(true);
                                    throw atDeadline;
                                }
                            },
                            SHORT))
                    .isInstanceOf(BoundedCalls.LimitException.class);
        }
    }

    @Test
    void g4_endlessCallsAreBounded() throws Exception {
        var end = new CountDownLatch(1);
        List<String> refusals = new ArrayList<>();
        while (refusals.isEmpty() || !refusals.get(refusals.size() - 1).startsWith("4 such calls are running")) {
            assertThatThrownBy(() -> calls.run(
                            () -> {
                                awaitUninterruptibly(end);
                                return 0;
                            },
                            SHORT))
                    .isInstanceOf(BoundedCalls.LimitException.class)
                    .satisfies(refused -> refusals.add(refused.getMessage()));
        }
        assertThat(refusals).hasSizeGreaterThan(BoundedCalls.LIMIT).startsWith("no result within 5 ms");
        end.countDown();
        assertThat(eventually()).isEqualTo(7);
    }

    /** A permit is returned just after the call has ended. */
    private int eventually() throws Exception {
        while (true) {
            try {
                return calls.run(() -> 7, LONG);
            } catch (BoundedCalls.LimitException notYet) {
                Thread.onSpinWait();
            }
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean done = false;
        while (!done) {
            try {
                latch.await();
                done = true;
            } catch (InterruptedException ignored) {
                // a call that ignores interrupts
            }
        }
    }
}

package io.triggerquery.consumer.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Starts as many workers as there is work for, and no more. */
class WorkersTest {

    private int started;
    private final ManualTimer timer = new ManualTimer();
    private final Workers workers = new Workers(3, worker -> started++, this::schedule);

    private ScheduledAction schedule(Duration delay, Runnable action) {
        timer.schedule(delay, action);
        return new ScheduledAction(action);
    }

    private void start(int startableRounds) {
        workers.start(startableRounds, () -> {});
        assertThat(timer.pending()).isZero();
    }

    @Test
    void startsNoWorkerWithoutWork() {
        start(0);
        assertThat(started).isZero();
    }

    @Test
    void countsStartingWorkers() {
        start(1);
        start(1);
        assertThat(started).isEqualTo(1);
        start(2);
        assertThat(started).isEqualTo(2);
        workers.started();
        start(2);
        assertThat(started).isEqualTo(3);
    }

    @Test
    void startsWorkersUpToLimit() {
        start(100);
        assertThat(started).isEqualTo(3);
        workers.started();
        workers.started();
        workers.started();
        start(100);
        assertThat(started).isEqualTo(3);
        workers.retired();
        start(100);
        assertThat(started).isEqualTo(4);
    }

    @Test
    void retriesASecondAfterNoThreadWasAvailable() {
        var none = new Workers(
                1,
                worker -> {
                    started++;
                    if (started == 1) {
                        throw new RejectedExecutionException();
                    }
                },
                this::schedule);
        none.start(1, () -> {});
        assertThat(timer.next()).isEqualTo(1_000);
        none.start(1, () -> {});
        assertThat(started).isEqualTo(2);
    }
}

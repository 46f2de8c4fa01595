package io.triggerquery.consumer.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** As many workers as there is work for, and no more. */
class WorkersTest {

    private int started;
    private final Workers workers = new Workers(3, worker -> started++);

    private void start(int startableRounds) {
        assertThat(workers.start(startableRounds, () -> {})).isTrue();
    }

    @Test
    void startsNoneForNothing() {
        start(0);
        assertThat(started).isZero();
    }

    @Test
    void countsThoseThatHaveNotTakenAnythingYet() {
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
    void startsNoMoreThanTheLimit() {
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
    void saysWhenThereWasNoThreadAndCountsNone() {
        var none = new Workers(1, worker -> {
            started++;
            if (started == 1) {
                throw new RejectedExecutionException();
            }
        });
        assertThat(none.start(1, () -> {})).isFalse();
        assertThat(none.start(1, () -> {})).isTrue();
        assertThat(started).isEqualTo(2);
    }
}

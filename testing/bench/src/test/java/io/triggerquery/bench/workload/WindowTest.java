package io.triggerquery.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.triggerquery.bench.source.Counts;
import io.triggerquery.bench.workload.PeerEvent.Sample;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void excludesTheTimeBeforeTheWindow() {
        Sample from = new Sample(5 * SECOND, 900, 1_000, 7 * SECOND);
        Sample to = new Sample(7 * SECOND, 1_800, 2_000, 8 * SECOND);

        assertThat(new Window(from, to, new Counts(10, 1_000, 0, 0), 0).figures())
                .containsOnly(entry(Figure.RATE, 500.0), entry(Figure.CPU, 1.0), entry(Figure.QUERIES, 0.01));
    }

    @Test
    void hasNoFiguresIfTooShortOrWithoutWork() {
        Sample from = new Sample(5 * SECOND, 900, 1_000, 0);
        Counts none = new Counts(0, 0, 0, 0);

        assertThat(new Window(from, new Sample(5 * SECOND + SECOND / 10, 0, 2_000, 0), none, 0).figures())
                .isEmpty();
        assertThat(new Window(from, new Sample(7 * SECOND, 900, 1_000, 0), none, 0).figures())
                .isEmpty();
    }
}

package io.triggerquery.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    private static final double NEVER = Double.POSITIVE_INFINITY;

    @Test
    void medianOfOddCountIsMiddleValue() {
        assertThat(Spread.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 9));
    }

    @Test
    void medianOfEvenCountIsMeanOfMiddleValues() {
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(new Spread(3, 1, 9));
    }

    @Test
    void medianCanBeInfinite() {
        assertThat(Spread.of(List.of(NEVER, NEVER))).isEqualTo(new Spread(NEVER, NEVER, NEVER));
        assertThat(Spread.of(List.of(1.0, NEVER, 2.0))).isEqualTo(new Spread(2, 1, NEVER));
    }
}

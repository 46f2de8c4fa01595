package io.triggerquery.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.bench.workload.PeerEvent.Fresh;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TroubleRunTest {

    private static final double NEVER = Double.POSITIVE_INFINITY;

    private static Map<Figure, Double> percentiles(long applied) {
        return TroubleRun.percentiles(new Fresh(applied, 1_000, 2_000, 3_000, 4_000), 1_000);
    }

    @Test
    void percentilesCountTriggersThatWereNeverApplied() {
        assertThat(percentiles(1_000)).isEqualTo(Map.of(Figure.P50, 1.0, Figure.P99, 2.0, Figure.SLOWEST, 4.0));
        assertThat(percentiles(999)).isEqualTo(Map.of(Figure.P50, 1.0, Figure.P99, 2.0, Figure.SLOWEST, NEVER));
        assertThat(percentiles(989)).isEqualTo(Map.of(Figure.P50, 1.0, Figure.P99, NEVER, Figure.SLOWEST, NEVER));
        assertThat(percentiles(11)).isEqualTo(Map.of(Figure.P50, NEVER, Figure.P99, NEVER, Figure.SLOWEST, NEVER));
    }
}

package io.triggerquery.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.triggerquery.bench.workload.TopicLoad.Cycle;
import io.triggerquery.bench.workload.TopicLoad.Distinct;
import io.triggerquery.bench.workload.TopicLoad.Zipf;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class TopicLoadTest {

    private static IntStream numbers(TopicLoad load) {
        return IntStream.generate(load.numbers()).limit(load.triggers());
    }

    @Test
    void distinctLoadHasEachIdOnce() {
        assertThat(numbers(new Distinct(12, 1_000)).toArray())
                .isEqualTo(IntStream.rangeClosed(1, 1_000).toArray());
    }

    @Test
    void cycleRepeatsEachId() {
        assertThat(numbers(new Cycle(12, 3, 7)).toArray()).containsExactly(1, 2, 3, 1, 2, 3, 1);
    }

    @Test
    void zipfLoadHasZipfFrequencies() {
        Zipf load = new Zipf(12, 1_000, 100_000);
        int[] times = new int[load.ids() + 1];
        numbers(load).forEach(number -> times[number]++);

        assertThat(times[0]).isZero();
        assertThat(times[1] / (double) times[2]).isEqualTo(2, within(0.2));
        assertThat((double) times[1]).isCloseTo(100_000 / 7.485, Percentage.withPercentage(5));
        assertThat(IntStream.rangeClosed(1, load.ids()))
                .allSatisfy(number -> assertThat(times[number]).isPositive());
    }

    @Test
    void zipfLoadIsDeterministic() {
        Zipf load = new Zipf(12, 1_000, 500);

        assertThat(numbers(load).toArray()).isEqualTo(numbers(load).toArray());
    }
}

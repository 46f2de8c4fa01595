package io.triggerquery.consumer.internal.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilsonTest {

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "10, 10, 0.7225", "9500, 10000, 0.9456", "0, 10, 0", "99999, 100000, 0.99994"})
    void matchesTextbookValues(long successes, long trials, double bound) {
        assertThat(Wilson.lowerBound(successes, trials)).isCloseTo(bound, within(0.0001));
    }

    /** The claim of the report: the share is at least the bound in 95 of 100 cases. */
    @ParameterizedTest
    @CsvSource({"0.5, 100", "0.9, 200", "0.99, 300", "0.999, 1000", "0.9999, 5000", "1, 1000"})
    void shareIsNotBelowBound(double share, int trials) {
        var random = new SplittableRandom(7);
        int runs = 3_000;
        int covered = 0;
        for (int run = 0; run < runs; run++) {
            int successes = 0;
            for (int trial = 0; trial < trials; trial++) {
                successes += random.nextDouble() < share ? 1 : 0;
            }
            covered += Wilson.lowerBound(successes, trials) <= share ? 1 : 0;
        }
        assertThat((double) covered / runs).isGreaterThanOrEqualTo(0.95);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.9, 1", "0.99, 2", "0.995, 2.3", "0.99899, 2.9", "0.999, 3"})
    void ninesAreRoundedDown(double share, double nines) {
        assertThat(ConsistencyReport.nines(share)).isEqualTo(nines);
    }
}
